/** Between the conversation and the screen: what is drawn, spoken, asked and told to the page. */
import { Announcer } from "./announcer";
import type { Api, Problem } from "./api";
import { Banner, type Action } from "./banner";
import type { Composer } from "./composer";
import type { Conversation } from "./conversation";
import { loadTrouble } from "./loading";
import type { Log } from "./log";
import type { Host } from "./options";
import type { Translate } from "./parts/words";
import type { Reply } from "./reply";
import type { Scene } from "./scene";
import { strings, type Strings } from "./strings";
import type { Status, View } from "./view";

export class Presenter implements View, Scene {
  readonly announcer = new Announcer();
  readonly banner = new Banner();
  readonly strings: Strings;
  readonly language: string;
  session!: Conversation;
  #log!: Log;
  #composer!: Composer;

  constructor(
    readonly host: Host,
    readonly api: Api,
    readonly translate: Translate,
  ) {
    const title = host.option("title");
    this.strings = { ...translate(strings), ...(title && { title }) };
    this.language = host.option("lang") || document.documentElement.lang || "en-GB";
  }

  attach(session: Conversation, log: Log, composer: Composer): void {
    this.session = session;
    this.#log = log;
    this.#composer = composer;
  }

  say(text: string): void {
    const id = this.session.add(text);
    this.announcer.say(this.strings.coming);
    this.host.emit("message", { id });
  }

  write(text: string): void {
    this.#composer.text = text;
    this.#composer.focus();
  }

  draw(fresh: Reply[]): void {
    const { lines, present } = this.session.transcript;
    const last = present.at(-1);
    this.#log.draw(lines);
    this.#composer.expect((last?.from === "assistant" && last.reply.slot) || "");
    this.#speak(fresh);
    for (const { id, kind, erased } of fresh) {
      this.host.emit("reply", { id, kind });
      if (erased) this.host.emit("erase", { reference: erased.reference });
    }
  }

  show(status: Status, detail: string): void {
    const { connecting, offline } = this.strings;
    this.tell(status === "unreachable" ? detail || (navigator.onLine ? connecting : offline) : "");
    if (status !== "expired" && !(status === "erased" && detail)) return;
    void this.use(loadTrouble, ({ tellEnd }) => { if (this.session.status === status) tellEnd(this, detail); });
  }

  /** One line over the composer, spoken at once; no words, no line. */
  tell(text: string, action?: Action): void {
    this.banner.show(text, action);
    if (text) this.announcer.warn(text);
  }

  failed({ status, detail }: Problem): void {
    this.host.emit("error", { status, detail });
  }

  async use<T>(load: () => Promise<T>, run: (part: T) => void): Promise<void> {
    const part = await load().catch(() => {});
    if (part) return run(part);
    const { notLoaded, retry } = this.strings;
    const again = () => {
      this.tell("");
      void this.use(load, run);
    };
    this.tell(notLoaded, { label: retry, run: again });
  }

  /** Each new reply once; what is urgent or wrong at once, with its level. */
  #speak(fresh: Reply[]): void {
    const { immediate, destinations } = this.strings;
    const isLoud = ({ kind }: Reply) => kind === "urgent" || kind === "error";
    const spoken = ({ kind, text, destination = "" }: Reply) =>
      kind === "urgent" ? `${immediate} ${destinations[destination] ?? destination}. ${text}` : text;
    const loud = fresh.filter(isLoud).map(spoken).join("\n");
    const calm = fresh.filter((reply) => !isLoud(reply)).map(spoken).join("\n");
    if (loud) this.announcer.warn(loud);
    if (calm) this.announcer.say(calm);
  }
}
