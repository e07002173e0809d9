/** Times; dates and prices in the visitor's language. */
import type { Price } from "./reply";

/** Hours and minutes by the visitor's clock: without Intl, whose first use would hold up the first open. */
export function formatTime(at: string): string {
  const time = new Date(at);
  return +time ? time.toTimeString().slice(0, 5) : "";
}

export function formatDate(date: string, language: string): string {
  const day = new Date(date);
  return +day ? day.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" }) : date;
}

/** "£45", and "£45.50" where there are pence. */
export function formatPrice(price: Price, language: string): string {
  const { amount, currency } = price;
  try {
    return (+amount).toLocaleString(language, { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" });
  } catch {
    return `${amount} ${currency}`;
  }
}
