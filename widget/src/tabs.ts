/** Word between tabs of one site: that something was said or erased, and the token on request. */

export type Word = { type: "ask" } | { type: "token"; token: string } | { type: "changed" } | { type: "erased"; reference: string };

const ANSWER_WITHIN = 150;

export class Tabs {
  readonly #channel: BroadcastChannel | undefined;
  #hear: (word: Word) => void = () => {};

  constructor(base: string) {
    try {
      this.#channel = new BroadcastChannel(`pointe ${base}`);
      this.#channel.onmessage = (event) => this.#hear(event.data as Word);
    } catch {
      this.#channel = undefined;
    }
  }

  listen(hear: (word: Word) => void): void {
    this.#hear = hear;
  }

  tell(word: Word): void {
    this.#channel?.postMessage(word);
  }

  /** The token of a chat that is open in another tab, or "" when none answers. */
  async askForToken(): Promise<string> {
    if (!this.#channel) return "";
    const before = this.#hear;
    const token = await new Promise<string>((resolve) => {
      this.#hear = (word) => { if (word.type === "token") resolve(word.token); };
      this.tell({ type: "ask" });
      setTimeout(() => resolve(""), ANSWER_WITHIN);
    });
    this.#hear = before;
    return token;
  }

  close(): void {
    this.#channel?.close();
  }
}
