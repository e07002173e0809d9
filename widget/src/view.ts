/** What the conversation wants of the screen. */
import type { Problem } from "./api";
import type { Host } from "./options";
import type { Translate } from "./parts/words";
import type { Reply } from "./reply";

export type Status = "starting" | "ready" | "unreachable" | "expired" | "erased";

export interface View {
  /** The transcript changed; `fresh` replies are new and to be spoken. */
  draw(fresh: Reply[]): void;
  show(status: Status, detail: string): void;
  /** Tells a screen reader at once. */
  warn(text: string): void;
  /** Puts words back where the visitor writes. */
  write(text: string): void;
  /** The clinic's words over a table of ours. */
  translate: Translate;
  /** Of dates and prices. */
  readonly language: string;
  host: Host;
  failed(problem: Problem): void;
}
