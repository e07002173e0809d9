/** What is on the screen, in order: nothing twice, nothing lost. */
import type { Item, State } from "./queue";
import type { Message, Reply } from "./reply";

export interface VisitorEntry {
  from: "visitor";
  key: string;
  at: string;
  text: string;
  state: State | "sent";
  reason: string;
}
export interface AssistantEntry { from: "assistant"; key: string; at: string; reply: Reply }
export type Entry = VisitorEntry | AssistantEntry;

const MINUTE = 60_000;

export class Transcript {
  /** An expired conversation stays on the screen, before the present one. */
  #earlier: Entry[] = [];
  #present: Entry[] = [];
  /** Grows with every change, so that an answer overtaken by another is noticed. */
  version = 0;

  get entries(): Entry[] {
    return [...this.#earlier, ...this.#present];
  }

  get last(): Entry | undefined {
    return this.#present.at(-1);
  }

  /** The server's history, then what it has not heard yet. */
  restore(messages: Message[]): void {
    const heard = messages.map(toEntry);
    const unheard = this.#present.filter(
      (entry) => entry.from === "visitor" && entry.state !== "sent" && !heard.some((other) => isSame(other, entry)),
    );
    this.#present = [...heard, ...unheard];
    this.version += 1;
  }

  addVisitor(id: string, text: string, at: string, state: VisitorEntry["state"]): void {
    const known = this.#find(id);
    // Its own echo may come by the event stream before the answer to the call.
    if (known?.from === "visitor" && state === "sent") known.state = state;
    if (known) return;
    this.#present.push({ from: "visitor", key: id, at, text, state, reason: "" });
    this.version += 1;
  }

  /** The replies that were not on the screen before. */
  addReplies(replies: Reply[], at: string): Reply[] {
    const fresh = replies.filter((reply) => !this.#find(reply.id));
    const entries = fresh.map((reply) => toEntry({ from: "assistant", at, reply }));
    // Messages still waiting stay below the answer to the one before them.
    const open = this.#present.findIndex((entry) => entry.from === "visitor" && entry.state !== "sent");
    this.#present.splice(open < 0 ? this.#present.length : open, 0, ...entries);
    this.version += 1;
    return fresh;
  }

  update(item: Item, heard: boolean): void {
    const entry = this.#find(item.id);
    if (entry?.from !== "visitor") return;
    entry.state = heard ? "sent" : item.state;
    entry.reason = item.reason;
    this.version += 1;
  }

  rename(before: string, now: string): void {
    const entry = this.#find(before);
    if (entry) entry.key = now;
  }

  remove(key: string): void {
    this.#present = this.#present.filter((entry) => entry.key !== key);
    this.version += 1;
  }

  /** Sets the heard part aside; what was not heard moves to the next conversation. */
  setAside(): void {
    const isOpen = (entry: Entry) => entry.from === "visitor" && entry.state !== "sent";
    this.#earlier = [...this.#earlier, ...this.#present.filter((entry) => !isOpen(entry))];
    this.#present = this.#present.filter(isOpen);
  }

  clear(): void {
    this.#earlier = [];
    this.#present = [];
    this.version += 1;
  }

  #find(key: string): Entry | undefined {
    return key ? this.#present.find((entry) => entry.key === key) : undefined;
  }
}

function toEntry(message: Message, index = 0): Entry {
  if (message.from === "assistant") {
    const key = message.reply.id || `${message.at} ${index} ${message.reply.text}`;
    return { from: "assistant", key, at: message.at, reply: message.reply };
  }
  const key = message.id ?? `${message.at} ${index} ${message.text}`;
  return { from: "visitor", key, at: message.at, text: message.text, state: "sent", reason: "" };
}

// A history without ids is matched by its words and its time.
function isSame(heard: Entry, entry: Entry): boolean {
  if (heard.from !== "visitor" || entry.from !== "visitor") return false;
  const later = Date.parse(heard.at) > Date.parse(entry.at) - MINUTE;
  return heard.key === entry.key || (heard.key.endsWith(` ${heard.text}`) && heard.text === entry.text && later);
}
