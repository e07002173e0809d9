/** The outbox: messages in order, one at a time, tried again until heard or refused. */
import { Problem } from "./api";

export type State = "waiting" | "sending" | "failed" | "refused";
export interface Item { id: string; text: string; at: string; state: State; tries: number; reason: string }
export interface Clock { after(ms: number, run: () => void): () => void }

export interface Wire {
  send(item: Item): Promise<void>;
  /** An item changed its state, or left the queue because it was heard. */
  changed(item: Item, heard: boolean): void;
  renamed(before: string, now: string): void;
  expired(): void;
  newId(): string;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const TRIES = 6;
const REFUSED = [400, 403, 404, 413, 415, 422];

export const clock: Clock = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Exponential backoff with jitter; a server that names a time is obeyed. */
export function waitFor(tries: number, retryAfter: number, random = Math.random()): number {
  if (retryAfter) return retryAfter * 1000;
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1)) * (0.75 + random / 2);
}

export class Queue {
  readonly items: Item[] = [];
  #busy = false;
  #paused = true;
  #stopWaiting = () => {};

  constructor(
    private readonly wire: Wire,
    private readonly clock_: Clock = clock,
  ) {}

  add(id: string, text: string, at: string): Item {
    const item: Item = { id, text, at, state: "waiting", tries: 0, reason: "" };
    this.items.push(item);
    void this.flush();
    return item;
  }

  /** Nothing leaves while there is no conversation to hear it. */
  pause(): void {
    this.#paused = true;
    this.#stopWaiting();
  }

  resume(): void {
    this.#paused = false;
    for (const item of this.items) if (item.state === "failed") this.#reset(item);
    void this.flush();
  }

  retry(id: string): void {
    const item = this.items.find((each) => each.id === id);
    if (item) this.#reset(item);
    void this.flush();
  }

  remove(id: string): void {
    const index = this.items.findIndex((each) => each.id === id);
    if (index >= 0) this.items.splice(index, 1);
  }

  async flush(): Promise<void> {
    this.#stopWaiting();
    if (this.#busy) return;
    this.#busy = true;
    let item: Item | undefined;
    while (!this.#paused && (item = this.items.find((each) => each.state === "waiting"))) {
      if (!(await this.#try(item))) break;
    }
    this.#busy = false;
  }

  /** Whether the next message may go. */
  async #try(item: Item): Promise<boolean> {
    this.#set(item, "sending");
    try {
      await this.wire.send(item);
    } catch (error) {
      return this.#failed(item, error instanceof Problem ? error : new Problem(0));
    }
    this.remove(item.id);
    this.wire.changed(item, true);
    return true;
  }

  #failed(item: Item, problem: Problem): boolean {
    item.tries += 1;
    if (problem.status === 409 && item.tries < TRIES) return this.#rename(item);
    if (problem.status === 401) {
      this.#paused = true;
      this.#set(item, "waiting");
      this.wire.expired();
      return false;
    }
    if (REFUSED.includes(problem.status)) {
      this.#set(item, "refused", problem.detail);
      return true;
    }
    if (item.tries >= TRIES) {
      this.#set(item, "failed", problem.detail);
      return false;
    }
    this.#set(item, "waiting", problem.detail);
    this.#stopWaiting = this.clock_.after(waitFor(item.tries, problem.retryAfter), () => void this.flush());
    return false;
  }

  // 409: this id was heard with other words, so these words were not heard yet.
  #rename(item: Item): boolean {
    this.wire.renamed(item.id, (item.id = this.wire.newId()));
    this.#set(item, "waiting");
    return true;
  }

  #reset(item: Item): void {
    item.tries = 0;
    this.#set(item, "waiting");
  }

  #set(item: Item, state: State, reason = ""): void {
    item.state = state;
    item.reason = reason;
    this.wire.changed(item, false);
  }
}
