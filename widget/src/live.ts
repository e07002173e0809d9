/** What is said and answered elsewhere, as it happens, while the chat is open and looked at. */
import type { Api } from "./api";
import { follow } from "./events";
import { readMessage, type Message } from "./reply";

export interface Listener {
  heard(message: Message): void;
  /** Something happened that the stream does not tell in full: the history does. */
  missed(): void;
}

export class Live {
  #stream = new AbortController();

  constructor(
    private readonly api: Api,
    private readonly listener: Listener,
  ) {}

  start(): void {
    this.stop();
    this.#stream = new AbortController();
    const follower = { heard: (data: string) => this.#heard(data), connected: () => this.listener.missed() };
    void follow(this.api, follower, this.#stream.signal);
  }

  stop(): void {
    this.#stream.abort();
  }

  #heard(data: string): void {
    const message = readEvent(data);
    if (!message || (message.from === "visitor" && !message.id)) this.listener.missed();
    else this.listener.heard(message);
  }
}

function readEvent(data: string): Message | undefined {
  try {
    const value = JSON.parse(data) as { from?: string };
    return value.from ? readMessage(value) : undefined;
  } catch {
    return undefined;
  }
}
