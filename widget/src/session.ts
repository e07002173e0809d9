/** One visitor's conversation: begins on first open, survives everything, ends when they say so. */
import { problemOf, type Api, type Page, type Problem } from "./api";
import type { Action } from "./banner";
import type { Conversation } from "./conversation";
import { newId } from "./identifier";
import { loadPast, loadTrouble } from "./loading";
import type { Reply } from "./reply";
import type { Storage } from "./storage";
import type { Tabs, Word } from "./tabs";
import { newItem, Transcript, type Item } from "./transcript";
import type { Status, View } from "./view";

type Past = typeof import("./parts/past");

const SHORT_WHILE = 2_000;

export class Session implements Conversation {
  readonly transcript = new Transcript();
  status: Status = "starting";
  tries = 0;
  /** The stream of events, which only a second tab needs. */
  stream: AbortController | undefined;
  /** Ends a wait before its time. */
  hurry = () => {};
  /** No other tab was heard. */
  alone = true;
  /** Until it is known whether there is a conversation already. */
  #busy = true;

  constructor(
    readonly api: Api,
    readonly storage: Storage,
    readonly tabs: Tabs,
    readonly view: View,
    private readonly describe: () => Page,
  ) {}

  async open(): Promise<void> {
    this.tabs.listen((word) => this.#hear(word));
    const asked = this.tabs.askForToken();
    this.api.token = this.storage.get("token") || (await asked);
    this.#busy = false;
    await this.run();
  }

  /** Takes words up for sending; the id they are sent under. */
  add(text: string): string {
    const item = newItem(newId(), text);
    this.keep(item);
    this.view.draw([]);
    void this.run();
    return item.key;
  }

  keep(item: Item): void {
    const { key, text, at } = item;
    this.storage.set(`message ${key}`, JSON.stringify({ id: key, text, at }));
    this.storage.set("unsent", "1");
    this.transcript.present = [...this.transcript.present, item];
  }

  /** Makes or takes up the conversation, then sends what waits: in order, one at a time, until heard or refused. */
  async run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let going = true; going && this.status !== "expired";) {
      const item = this.transcript.open.find(({ state }) => state === "waiting");
      if (!item && (this.status === "ready" || this.status === "erased")) break;
      const sending = this.status === "ready" ? item : undefined;
      try {
        await (sending ? this.#send(sending) : this.#connect());
      } catch (error) {
        going = await this.#settle(problemOf(error), sending);
      }
    }
    this.#busy = false;
  }

  /** The token is worth nothing any more; of the conversation stays what was not heard. */
  forget(): void {
    const { transcript } = this;
    this.sleep();
    this.api.token = "";
    this.storage.set("token", "");
    transcript.earlier = [];
    transcript.present = transcript.open;
  }

  /** The page is looked at again, or the network is back. */
  wake(): void {
    for (const item of this.transcript.open) if (item.state === "failed") this.retry(item);
    this.hurry();
    void this.run();
    if (this.status === "ready") this.#withPast(({ catchUp }) => catchUp(this));
  }

  retry(item: Item): void {
    item.tries = 0;
    this.set(item, "waiting");
    void this.run();
  }

  /** The network is gone: said at once, not only when something fails. */
  lose(): void {
    this.sleep();
    if (this.status === "ready") this.show("unreachable");
  }

  /** A hidden page holds no connection. */
  sleep(): void {
    this.stream?.abort();
  }

  show(status: Status, detail = ""): void {
    this.status = status;
    this.view.show(status, detail);
  }

  set(item: Item, state: Item["state"], reason = "", action?: Action): void {
    Object.assign(item, { state, reason, action });
    this.view.draw([]);
  }

  /** Waits, unless hurried. */
  rest(ms: number): Promise<void> {
    return new Promise((done) => {
      this.hurry = done;
      setTimeout(done, ms);
    });
  }

  async #connect(): Promise<void> {
    const { api, storage, transcript } = this;
    if (api.token || storage.get("unsent")) await (await loadPast()).resume(this);
    let fresh: Reply[] = [];
    if (!api.token) {
      fresh = transcript.addReplies(await api.start(this.describe()));
      storage.set("token", api.token);
    }
    this.tries = 0;
    this.show("ready");
    this.view.draw(fresh);
    if (!this.alone) this.#withPast(({ follow }) => follow(this));
  }

  async #send(item: Item): Promise<void> {
    const { api, transcript } = this;
    const { token } = api;
    this.set(item, "sending");
    const replies = await api.send(item.key, item.text);
    // Erased or begun anew meanwhile: the answer belongs to a conversation that is gone.
    if (api.token !== token) return;
    item.state = "sent";
    this.storage.set(`message ${item.key}`, "");
    const erased = replies.find((reply) => reply.erased)?.erased;
    if (erased) this.forget();
    this.tabs.tell(erased ? { type: "erased", reference: erased.reference } : { type: "changed" });
    this.view.draw(transcript.addReplies(replies));
    if (erased) this.show("erased");
  }

  /** Whether to go on after a failure. */
  async #settle(problem: Problem, item?: Item): Promise<boolean> {
    if (item) {
      item.tries += 1;
      this.set(item, "waiting");
    } else this.view.failed(problem);
    // A network that is down brings no code either: then it is simply tried again.
    const trouble = await Promise.race([loadTrouble(), this.rest(SHORT_WHILE)]).catch(() => {});
    if (trouble) return trouble.settle(this, problem, item);
    if (!item) this.show("unreachable");
    await this.rest(SHORT_WHILE);
    return true;
  }

  #hear(word: Word): void {
    if (word.type === "ask" && this.api.token) this.tabs.tell({ type: "token", token: this.api.token });
    this.alone = false;
    this.#withPast(({ hear }) => hear(this, word));
  }

  #withPast(use: (past: Past) => void): void {
    // What is missed without it comes with the next look at the page.
    loadPast().then(use, () => {});
  }
}
