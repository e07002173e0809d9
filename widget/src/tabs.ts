/** Word between tabs of one site: that something was said or erased, and the token on request. */

export type Word = { type: "ask" } | { type: "token"; token: string } | { type: "changed" } | { type: "erased"; reference: string };

const ANSWER_WITHIN = 150;

export class Tabs {
  #channel: BroadcastChannel | undefined;
  #waiting = (_: string) => {};

  constructor(private readonly base: string) {}

  /** Opens the channel. A page that may not have one is alone. */
  listen(hear: (word: Word) => void): void {
    try {
      this.#channel = new BroadcastChannel(`pointe ${this.base}`);
      this.#channel.onmessage = ({ data }: MessageEvent<Word>) => {
        if (data.type === "token") this.#waiting(data.token);
        hear(data);
      };
    } catch {
      // Alone.
    }
  }

  tell(word: Word): void {
    this.#channel?.postMessage(word);
  }

  /** The token of a chat that is open in another tab, or "" when none answers. */
  askForToken(): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.tell({ type: "ask" });
      setTimeout(() => resolve(""), ANSWER_WITHIN);
    });
  }
}
