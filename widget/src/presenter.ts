/** Between the conversation and the screen: what is drawn, spoken, asked and told to the page. */
import { Announcer } from "./announcer";
import type { Api, Problem } from "./api";
import { Banner, type Action } from "./banner";
import type { Composer } from "./composer";
import { withLinks } from "./contacts";
import type { Conversation } from "./conversation";
import { h } from "./dom";
import { keepFocus } from "./focus";
import { loadTrouble } from "./loading";
import type { Log } from "./log";
import type { Host } from "./options";
import type { Translate } from "./parts/words";
import { splitAdvice, type Reply } from "./reply";
import type { Scene } from "./scene";
import { launcherStrings, strings, type Strings } from "./strings";
import type { Status, View } from "./view";

export class Presenter implements View, Scene {
  readonly announcer = new Announcer();
  readonly banner = new Banner();
  /** Emergency numbers and the clinic's own, while nobody can be reached from here. */
  readonly help: HTMLElement;
  readonly strings: Strings;
  readonly language: string;
  session!: Conversation;
  #log!: Log;
  #composer!: Composer;
  #warned = "";

  constructor(
    readonly host: Host,
    readonly api: Api,
    readonly translate: Translate,
  ) {
    const title = host.option("title");
    this.strings = { ...translate(strings), ...(title && { title }) };
    this.help = h("p", { class: "help", hidden: true }, ...withLinks(host.help));
    this.language = host.option("lang") || document.documentElement.lang || "en-GB";
  }

  attach(session: Conversation, log: Log, composer: Composer): void {
    this.session = session;
    this.#log = log;
    this.#composer = composer;
  }

  say(text: string): void {
    const id = this.session.add(text);
    const { sending, waiting } = this.strings;
    this.announcer.say(this.#isStuck() ? waiting : sending);
    this.host.emit("message", { id });
  }

  write(text: string): void {
    this.#composer.text = text;
    this.#composer.focus();
  }

  draw(fresh: Reply[]): void {
    const { lines, present } = this.session.transcript;
    const last = present.at(-1);
    this.#keepFocus(() => this.#log.draw(lines));
    this.#composer.expect((last?.from === "assistant" && last.reply.slot) || "");
    this.#helpOut(this.strings.waiting);
    this.#speak(fresh);
    for (const { id, kind, erased } of fresh) {
      this.host.emit("reply", { id, kind });
      if (erased) this.host.emit("erase", { reference: erased.reference });
    }
  }

  show(status: Status, detail: string): void {
    const { connecting, offline } = this.strings;
    const text = status === "unreachable" ? detail || (navigator.onLine ? connecting : offline) : "";
    this.#keepFocus(() => this.banner.show(text));
    this.#helpOut(text);
    if (status !== "expired" && !(status === "erased" && detail)) return;
    void this.use(loadTrouble, ({ tellEnd }) => { if (this.session.status === status) tellEnd(this, detail); });
  }

  tell(text: string, action?: Action): void {
    this.#keepFocus(() => this.banner.show(text, action));
    if (text) this.warn(text);
  }

  warn(text: string): void {
    this.announcer.warn(text);
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

  #isStuck(): boolean {
    const { status, transcript } = this.session;
    return status === "unreachable" || transcript.open.some(({ tries }) => tries > 0);
  }

  /** While nothing gets through, says so once, and what to do if it is urgent. */
  #helpOut(why: string): void {
    this.help.hidden = !this.#isStuck();
    const words = this.help.hidden ? "" : `${why} ${this.help.textContent}`;
    if (words && words !== this.#warned) this.warn(words);
    this.#warned = words;
  }

  #keepFocus(change: () => void): void {
    keepFocus(this.host.root, change, this.#composer, this.#log.element);
  }

  /** Each new reply once; what is urgent or wrong at once, with its level. */
  #speak(fresh: Reply[]): void {
    const { immediate, destinations } = this.strings;
    const loud: string[] = [];
    const calm: string[] = [];
    for (const reply of fresh) {
      const { kind, text } = reply;
      const [heading, advice] = splitAdvice(reply, destinations);
      if (kind === "urgent") loud.push(reply.again ? "" : immediate, `${heading}.`, advice);
      else (kind === "error" ? loud : calm).push(text);
      if (!this.host.frame.classList.contains("open")) this.host.call(heading || launcherStrings.unread);
    }
    if (loud[0] != null) this.warn(loud.join(" ").trim());
    if (calm[0]) this.announcer.say(calm.join("\n"));
  }
}
