/** One visitor's conversation: begins on first open, survives everything, ends when they say so. */
import { Problem, type Api, type Page } from "./api";
import { follow } from "./events";
import { newId } from "./identifier";
import { clock, Queue, waitFor, type Item } from "./queue";
import { readMessage, type Reply } from "./reply";
import type { Storage } from "./storage";
import type { Tabs, Word } from "./tabs";
import { Transcript } from "./transcript";

export type Status = "starting" | "ready" | "unreachable" | "expired" | "erased";

export interface View {
  /** The transcript changed; `fresh` replies are new and to be spoken. */
  draw(fresh: Reply[]): void;
  show(status: Status, detail: string): void;
  failed(problem: Problem): void;
}

export class Session {
  readonly transcript = new Transcript();
  readonly queue: Queue;
  status: Status = "starting";
  #stream = new AbortController();
  #tries = 0;
  #stopWaiting = () => {};

  constructor(
    private readonly api: Api,
    private readonly storage: Storage,
    private readonly tabs: Tabs,
    private readonly view: View,
    private readonly page: () => Page,
  ) {
    this.queue = new Queue({
      newId,
      send: (item) => this.#send(item),
      changed: (item, heard) => this.#changed(item, heard),
      renamed: (before, now) => {
        this.storage.drop(before);
        this.transcript.rename(before, now);
      },
      expired: () => this.#show("expired"),
    });
  }

  async open(): Promise<void> {
    for (const { id, text, at } of this.storage.kept()) this.#queueUp(id, text, at);
    this.api.token = this.storage.get("token") || (await this.tabs.askForToken());
    this.tabs.listen((word) => this.#hear(word));
    await this.connect();
  }

  /** Makes or takes up the conversation; tries again by itself while the server is away. */
  async connect(): Promise<void> {
    this.#stopWaiting();
    try {
      const fresh = this.api.token ? await this.refresh() : await this.#start();
      this.#tries = 0;
      this.#show("ready");
      this.view.draw(fresh);
      this.queue.resume();
      this.#follow();
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0);
      if (problem.status === 401) return this.#show("expired");
      this.#show("unreachable", problem.detail);
      this.view.failed(problem);
      this.#stopWaiting = clock.after(waitFor(++this.#tries, problem.retryAfter), () => void this.connect());
    }
  }

  send(text: string): string {
    const id = newId();
    this.#queueUp(id, text, new Date().toISOString());
    this.view.draw([]);
    return id;
  }

  /** Takes a message that was refused out of the conversation, to be written anew. */
  withdraw(id: string): void {
    this.queue.remove(id);
    this.storage.drop(id);
    this.transcript.remove(id);
    this.view.draw([]);
  }

  async refresh(): Promise<Reply[]> {
    const before = this.transcript.version;
    const messages = await this.api.history();
    if (this.transcript.version !== before) return this.refresh();
    this.transcript.restore(messages);
    return [];
  }

  /** After an expired token: what was said stays, what was not heard is sent to the new one. */
  async renew(): Promise<void> {
    this.transcript.setAside();
    this.#forgetToken();
    await this.connect();
  }

  async startOver(): Promise<void> {
    this.#forgetAll();
    this.view.draw([]);
    await this.connect();
  }

  async erase(appointment: "cancel" | "keep"): Promise<string> {
    const reference = await this.api.erase(appointment);
    this.tabs.tell({ type: "erased" });
    this.#forgetAll();
    this.#show("erased", reference);
    this.view.draw([]);
    return reference;
  }

  /** The page is looked at again, or the network is back. */
  wake(): void {
    if (this.status === "unreachable") void this.connect();
    if (this.status !== "ready") return;
    this.#follow();
    this.queue.resume();
    this.refresh().then(() => this.view.draw([]), (error: unknown) => {
      if (error instanceof Problem && error.status === 401) this.#show("expired");
    });
  }

  /** A hidden page holds no connection. */
  sleep(): void {
    this.#stream.abort();
  }

  async #start(): Promise<Reply[]> {
    this.#show("starting");
    const { token, replies } = await this.api.start(this.page());
    this.storage.set("token", token);
    return this.transcript.addReplies(replies, new Date().toISOString());
  }

  async #send(item: Item): Promise<void> {
    const replies = await this.api.send(item.id, item.text);
    this.#changed(item, true);
    this.view.draw(this.transcript.addReplies(replies, new Date().toISOString()));
    this.tabs.tell({ type: "changed" });
  }

  #queueUp(id: string, text: string, at: string): void {
    this.storage.keep({ id, text, at });
    this.transcript.addVisitor(id, text, at, "waiting");
    this.queue.add(id, text, at);
  }

  #changed(item: Item, heard: boolean): void {
    if (heard) this.storage.drop(item.id);
    else this.storage.keep({ id: item.id, text: item.text, at: item.at });
    this.transcript.addVisitor(item.id, item.text, item.at, item.state);
    this.transcript.update(item, heard);
    this.view.draw([]);
  }

  #follow(): void {
    this.#stream.abort();
    this.#stream = new AbortController();
    const refresh = () => this.wakeQuietly();
    void follow(this.api, { heard: (data) => this.#heard(data), connected: refresh }, this.#stream.signal);
  }

  wakeQuietly(): void {
    this.refresh().then(() => this.view.draw([]), () => {});
  }

  #heard(data: string): void {
    const message = readEvent(data);
    if (!message || (message.from === "visitor" && !message.id)) return this.wakeQuietly();
    if (message.from === "assistant") return this.view.draw(this.transcript.addReplies([message.reply], message.at));
    this.transcript.addVisitor(message.id!, message.text, message.at, "sent");
    this.view.draw([]);
  }

  #hear(word: Word): void {
    if (word.type === "ask" && this.api.token) this.tabs.tell({ type: "token", token: this.api.token });
    if (word.type === "changed" && this.status === "ready") this.wakeQuietly();
    if (word.type !== "erased") return;
    this.#forgetAll();
    this.#show("erased");
    this.view.draw([]);
  }

  #forgetToken(): void {
    this.sleep();
    this.queue.pause();
    this.api.token = "";
    this.storage.set("token", "");
  }

  #forgetAll(): void {
    this.#stopWaiting();
    this.#forgetToken();
    this.queue.items.length = 0;
    this.storage.clear();
    this.transcript.clear();
  }

  #show(status: Status, detail = ""): void {
    this.status = status;
    this.view.show(status, detail);
  }
}

function readEvent(data: string) {
  try {
    const value = JSON.parse(data) as { from?: string };
    return value.from ? readMessage(value) : undefined;
  } catch {
    return undefined;
  }
}
