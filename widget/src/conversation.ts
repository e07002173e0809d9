/** What the rest of the chat may ask of the one conversation it shows. */
import type { Api } from "./api";
import type { Action } from "./banner";
import type { Storage } from "./storage";
import type { Tabs } from "./tabs";
import type { Item, Transcript } from "./transcript";
import type { Status, View } from "./view";

export interface Conversation {
  readonly api: Api;
  readonly storage: Storage;
  readonly tabs: Tabs;
  readonly view: View;
  readonly transcript: Transcript;
  readonly status: Status;
  /** Attempts to begin that failed. */
  tries: number;
  /** The stream of events, which only a second tab needs. */
  stream: AbortController | undefined;
  /** No other tab was heard. */
  readonly alone: boolean;
  /** Ends a wait before its time. */
  hurry(): void;
  /** Takes words up for sending; the id they are sent under. */
  add(text: string): string;
  keep(item: Item): void;
  /** Makes or takes up the conversation, then sends what waits. */
  run(): Promise<void>;
  /** The token is worth nothing any more; of the conversation stays what was not heard. */
  forget(): void;
  retry(item: Item): void;
  show(status: Status, detail?: string): void;
  set(item: Item, state: Item["state"], reason?: string, action?: Action): void;
  /** Waits, unless hurried. */
  rest(ms: number): Promise<void>;
}
