/** Messages that were written and not heard before the page was left. */
import type { Storage } from "../storage";
import { newItem, type Item } from "../transcript";
import { namesIn } from "./clearing";

/** In the order they were written; what is broken is passed over. */
export function readKept(storage: Storage): Item[] {
  const items = namesIn(storage).filter((name) => name.startsWith("message ")).flatMap((name) => read(storage.get(name)));
  return items.sort((a, b) => a.at.localeCompare(b.at));
}

function read(text: string): Item[] {
  try {
    const { id, text: words, at } = JSON.parse(text) as { id: string; text: string; at: string };
    return id && words ? [newItem(id, words, at)] : [];
  } catch {
    return [];
  }
}
