/** The server's history, and what it has not heard yet. */
import { isOpen, newItem, type Entry } from "../transcript";
import type { Message } from "./message";

const MINUTE = 60_000;

/** The date of what was said on another day, to stand before the time. */
export function dayOf(at: string, language: string, today = new Date()): string {
  const day = new Date(at);
  const before = +day && day.toDateString() !== today.toDateString();
  return before ? `${day.toLocaleDateString(language, { day: "numeric", month: "long" })}, ` : "";
}

/** The history's entries, followed by those of the screen that are not in it and not sent. */
export function mergeHistory(messages: Message[], present: Entry[], language: string): Entry[] {
  const heard = messages.map(toEntry).map((entry) => ({ ...entry, day: dayOf(entry.at, language) }));
  const isUnheard = (entry: Entry) => isOpen(entry) && !heard.some((other) => isSame(other, entry));
  return [...heard, ...present.filter(isUnheard)];
}

function toEntry(message: Message, index: number): Entry {
  if (message.from === "assistant") {
    const { at, reply } = message;
    return { from: "assistant", key: reply.id || `${at} ${index} ${reply.text}`, at, reply };
  }
  const { id, text, at } = message;
  return { ...newItem(id ?? `${at} ${index} ${text}`, text, at), state: "sent" };
}

// A history without ids is matched by its words and its time.
function isSame(heard: Entry, entry: Entry): boolean {
  if (heard.from !== "visitor" || entry.from !== "visitor") return false;
  const later = Date.parse(heard.at) > Date.parse(entry.at) - MINUTE;
  return heard.key === entry.key || (heard.key.endsWith(` ${heard.text}`) && heard.text === entry.text && later);
}
