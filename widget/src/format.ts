/** Times, dates and prices in the visitor's language. */
import type { Price } from "./reply";

export function formatTime(at: string, language: string): string {
  const time = new Date(at);
  return Number.isNaN(+time) ? "" : time.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

export function formatDate(date: string, language: string): string {
  const day = new Date(date);
  return Number.isNaN(+day) ? date : day.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
}

/** "£45", and "£45.50" where there are pence. */
export function formatPrice(price: Price, language: string): string {
  const amount = Number(price.amount);
  const whole = Number.isInteger(amount) ? { maximumFractionDigits: 0 } : {};
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency: price.currency, ...whole }).format(amount);
  } catch {
    return `${price.amount} ${price.currency}`;
  }
}
