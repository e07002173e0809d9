/** Leaving nothing of a conversation in this tab and its browser. */
import type { Conversation } from "../conversation";
import type { Storage } from "../storage";

/** The names of everything that is kept for this server. */
export function namesIn({ area, memory, prefix }: Storage): string[] {
  const stored = Object.keys(area ?? {}).filter((key) => key.startsWith(prefix));
  return [...new Set([...stored.map((key) => key.slice(prefix.length)), ...Object.keys(memory)])];
}

export function clearStorage(storage: Storage): void {
  for (const name of namesIn(storage)) storage.set(name, "");
}

export function clear(session: Conversation): void {
  session.forget();
  session.transcript.present = [];
  clearStorage(session.storage);
}
