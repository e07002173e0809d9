/** What the parts of an open chat may use of one another: cards, composer, menu and what goes wrong. */
import type { Announcer } from "./announcer";
import type { Api, Problem } from "./api";
import type { Action } from "./banner";
import type { Conversation } from "./conversation";
import type { Host } from "./options";
import type { Translate } from "./parts/words";
import type { Strings } from "./strings";

export interface Scene {
  strings: Strings;
  /** The clinic's words over a table of ours. */
  translate: Translate;
  language: string;
  host: Host;
  api: Api;
  session: Conversation;
  announcer: Announcer;
  /** Sends words as the visitor's own. */
  say(text: string): void;
  /** One line over the composer, spoken at once; no words, no line. */
  tell(text: string, action?: Action): void;
  /** Lets the page know of a failure. */
  failed(problem: Problem): void;
  /** Does something with code that is fetched now; when it does not come, says so and offers another try. */
  use<T>(load: () => Promise<T>, run: (part: T) => void): Promise<void>;
}
