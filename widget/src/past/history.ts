/** The server's history, and what it has not heard yet. */
import { isOpen, newItem, type Entry } from "../transcript";
import type { Message } from "./message";

const MINUTE = 60_000;

/** The history's entries, followed by those of the screen that are not in it and not sent. */
export function mergeHistory(messages: Message[], present: Entry[]): Entry[] {
  const heard = messages.map(toEntry);
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
