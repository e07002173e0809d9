/** One visitor's conversation: begins on first open, survives everything, ends when they say so. */
import { Problem, type Api, type Page } from "./api";
import { Live } from "./live";
import { Outbox } from "./outbox";
import { clock, waitFor, type Item } from "./queue";
import type { Message, Reply } from "./reply";
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
  readonly outbox: Outbox;
  status: Status = "starting";
  readonly #live: Live;
  #tries = 0;
  #connecting = false;
  #stopWaiting = () => {};

  constructor(
    private readonly api: Api,
    private readonly storage: Storage,
    private readonly tabs: Tabs,
    private readonly view: View,
    private readonly page: () => Page,
  ) {
    this.#live = new Live(api, { heard: (message) => this.#heard(message), missed: () => this.#catchUp() });
    this.outbox = new Outbox(storage, this.transcript, {
      deliver: (item) => this.#deliver(item),
      expired: () => this.#show("expired"),
      redraw: () => view.draw([]),
    });
  }

  async open(): Promise<void> {
    this.outbox.restore();
    this.api.token = this.storage.get("token") || (await this.tabs.askForToken());
    this.tabs.listen((word) => this.#hear(word));
    await this.connect();
  }

  /** Makes or takes up the conversation; tries again by itself while the server is away. */
  async connect(): Promise<void> {
    this.#stopWaiting();
    if (this.#connecting) return;
    this.#connecting = true;
    try {
      const fresh = this.api.token ? await this.refresh() : await this.#start();
      this.#tries = 0;
      this.#show("ready");
      this.view.draw(fresh);
      this.outbox.queue.resume();
      this.#live.start();
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0);
      if (problem.status === 401) return this.#show("expired");
      this.#show("unreachable", problem.detail);
      this.view.failed(problem);
      this.#stopWaiting = clock.after(waitFor(++this.#tries, problem.retryAfter), () => void this.connect());
    } finally {
      this.#connecting = false;
    }
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
    this.tabs.tell({ type: "erased", reference });
    this.#forgetAll();
    this.#show("erased", reference);
    this.view.draw([]);
    return reference;
  }

  /** The page is looked at again, or the network is back. */
  wake(): void {
    if (this.status === "unreachable") void this.connect();
    if (this.status !== "ready") return;
    this.#live.start();
    this.outbox.queue.resume();
    this.refresh().then(() => this.view.draw([]), (error: unknown) => {
      if (error instanceof Problem && error.status === 401) this.#show("expired");
    });
  }

  /** The network is gone: said at once, not only when something fails. */
  lose(): void {
    this.sleep();
    if (this.status === "ready") this.#show("unreachable");
  }

  /** A hidden page holds no connection. */
  sleep(): void {
    this.#live.stop();
  }

  async #start(): Promise<Reply[]> {
    this.#show("starting");
    const { token, replies } = await this.api.start(this.page());
    this.storage.set("token", token);
    return this.transcript.addReplies(replies, new Date().toISOString());
  }

  async #deliver(item: Item): Promise<void> {
    const { token } = this.api;
    const replies = await this.api.send(item.id, item.text);
    // Erased or begun anew meanwhile: the answer belongs to a conversation that is gone.
    if (this.api.token !== token) return;
    this.outbox.changed(item, true);
    this.view.draw(this.transcript.addReplies(replies, new Date().toISOString()));
    this.tabs.tell({ type: "changed" });
  }

  #catchUp(): void {
    this.refresh().then(() => this.view.draw([]), () => {});
  }

  #heard(message: Message): void {
    if (message.from === "assistant") return this.view.draw(this.transcript.addReplies([message.reply], message.at));
    this.transcript.addVisitor(message.id!, message.text, message.at, "sent");
    this.view.draw([]);
  }

  #hear(word: Word): void {
    if (word.type === "ask" && this.api.token) this.tabs.tell({ type: "token", token: this.api.token });
    if (word.type === "changed" && this.status === "ready") this.#catchUp();
    if (word.type !== "erased") return;
    this.#forgetAll();
    this.#show("erased", word.reference);
    this.view.draw([]);
  }

  #forgetToken(): void {
    this.sleep();
    this.outbox.queue.pause();
    this.api.token = "";
    this.storage.set("token", "");
  }

  #forgetAll(): void {
    this.#stopWaiting();
    this.#forgetToken();
    this.outbox.queue.items.length = 0;
    this.storage.clear();
    this.transcript.clear();
  }

  #show(status: Status, detail = ""): void {
    this.status = status;
    this.view.show(status, detail);
  }
}
