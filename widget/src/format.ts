/** Times; dates and prices in the visitor's language. */
import type { Price } from "./reply";

/** Hours and minutes by the visitor's clock: without Intl, whose first use would hold up the first open. */
export function formatTime(at: string): string {
  const time = new Date(at);
  const parts = [time.getHours(), time.getMinutes()];
  return +time ? parts.map((part) => String(part).padStart(2, "0")).join(":") : "";
}

/** The time, and on another day than today the date before it. */
export function formatWhen(at: string, language: string, today = new Date()): string {
  const day = new Date(at);
  const time = formatTime(at);
  return +day && day.toDateString() !== today.toDateString() ? `${day.toLocaleDateString(language, { day: "numeric", month: "long" })}, ${time}` : time;
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
