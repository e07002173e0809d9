/** What is on the screen, in order: nothing twice, nothing lost. */
import type { Action } from "./banner";
import type { Reply } from "./reply";

export type State = "waiting" | "sending" | "failed" | "refused" | "sent";

/** What the visitor said, and how it fares. */
export interface Item {
  from: "visitor";
  key: string;
  at: string;
  text: string;
  /** The date, where it was said on another day. */
  day?: string;
  state: State;
  tries: number;
  /** What is the matter, in words for the visitor. */
  reason: string;
  /** What the visitor can do about it. */
  action?: Action | undefined;
}
export interface AssistantEntry { from: "assistant"; key: string; at: string; day?: string; reply: Reply }
export type Entry = Item | AssistantEntry;

export const now = (): string => new Date().toISOString();

export const newItem = (key: string, text: string, at = now()): Item =>
  ({ from: "visitor", key, at, text, state: "waiting", tries: 0, reason: "" });

/** Said by the visitor and not heard yet. */
export const isOpen = (entry: Entry): entry is Item => entry.from === "visitor" && entry.state !== "sent";

export class Transcript {
  /** An expired conversation stays on the screen, before the present one. */
  earlier: Entry[] = [];
  /** A new list with every change, so that an answer overtaken by another is noticed. */
  present: Entry[] = [];

  get lines(): Entry[] {
    return [...this.earlier, ...this.present];
  }

  /** What was said and not heard yet. */
  get open(): Item[] {
    return this.present.filter(isOpen);
  }

  find(key: string): Entry | undefined {
    return this.present.find((entry) => key && entry.key === key);
  }

  /** The replies that were not on the screen before. */
  addReplies(replies: Reply[], at = now()): Reply[] {
    const fresh = replies.filter(({ id }) => !this.find(id));
    const made = fresh.map((reply, index): Entry => ({ from: "assistant", key: reply.id || at + index + reply.text, at, reply }));
    // Messages still waiting stay below the answer to the one before them.
    this.present = [...this.present.filter((entry) => !isOpen(entry)), ...made, ...this.open];
    return fresh;
  }
}
