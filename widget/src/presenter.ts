/** Between the conversation and the screen: what is drawn, spoken, asked and told to the page. */
import type { Announcer } from "./announcer";
import type { Problem } from "./api";
import type { Banner } from "./banner";
import type { Composer } from "./composer";
import { ask } from "./dialog";
import type { Log, Mending } from "./log";
import type { Host } from "./options";
import type { Reply } from "./reply";
import type { Session, Status, View } from "./session";
import { fill, type Strings } from "./strings";
import type { Entry, VisitorEntry } from "./transcript";

export class Presenter implements View, Mending {
  #session!: Session;
  #log!: Log;
  #composer!: Composer;

  constructor(
    private readonly host: Host,
    private readonly strings: Strings,
    private readonly announcer: Announcer,
    private readonly banner: Banner,
  ) {}

  attach(session: Session, log: Log, composer: Composer): void {
    this.#session = session;
    this.#log = log;
    this.#composer = composer;
  }

  send(text: string): void {
    const id = this.#session.outbox.add(text);
    this.announcer.say(this.strings.coming);
    this.host.emit("message", { id });
  }

  again(): void {
    const last = this.#session.transcript.entries.findLast((entry) => entry.from === "visitor");
    if (last?.from === "visitor") this.send(last.text);
  }

  retry(id: string): void {
    this.#session.outbox.queue.retry(id);
  }

  edit(entry: VisitorEntry): void {
    this.#session.outbox.withdraw(entry.key);
    this.#composer.text = entry.text;
    this.#composer.focus();
  }

  draw(fresh: Reply[]): void {
    const { entries, last } = this.#session.transcript;
    this.#log.draw(entries);
    this.#composer.expect(last?.from === "assistant" && last.reply.kind === "ask" ? (last.reply.slot ?? "") : "");
    this.#speak(fresh);
    for (const { id, kind } of fresh) this.host.emit("reply", { id, kind });
  }

  show(status: Status, detail: string): void {
    const { strings } = this;
    const renew = { label: strings.newChat, run: () => void this.#session.renew() };
    const lines: Record<Status, string> = {
      starting: "", ready: "",
      unreachable: detail || (navigator.onLine ? strings.connecting : strings.offline),
      expired: strings.expired,
      erased: fill(strings.erased, { reference: detail }),
    };
    const ended = status === "expired" || status === "erased";
    this.banner.show(lines[status], ended ? renew : undefined);
    if (lines[status]) this.announcer.warn(lines[status]);
  }

  failed({ status, detail }: Problem): void {
    this.host.emit("error", { status, detail });
  }

  async startOver(): Promise<void> {
    const { strings } = this;
    const choices = [{ label: strings.newChat, value: "yes" }];
    if (await ask(this.host.frame, strings.startOverAsk, choices, strings.back)) await this.#session.startOver();
  }

  async erase(): Promise<void> {
    const { strings } = this;
    const reference = pendingRequest(this.#session.transcript.entries);
    const choices = reference
      ? [
          { label: fill(strings.eraseKeep, { reference }), value: "keep" },
          { label: strings.eraseCancel, value: "cancel", danger: true },
        ]
      : [{ label: strings.erase, value: "cancel", danger: true }];
    const choice = await ask(this.host.frame, strings.eraseAsk, choices, strings.back);
    if (!choice) return;
    try {
      const erased = await this.#session.erase(choice as "cancel" | "keep");
      this.host.emit("erase", { reference: erased });
    } catch (problem) {
      this.banner.show(strings.notErased);
      this.announcer.warn(strings.notErased);
      this.failed(problem as Problem);
    }
  }

  /** Each new reply once; what is urgent or wrong at once, with its level. */
  #speak(fresh: Reply[]): void {
    const loud = fresh.filter(({ kind }) => kind === "urgent" || kind === "error");
    const level = (reply: Reply) => (reply.kind === "urgent" ? `${this.strings.immediate} ${this.#place(reply)}. ` : "");
    if (loud.length) this.announcer.warn(loud.map((reply) => level(reply) + reply.text).join("\n"));
    const calm = fresh.filter((reply) => !loud.includes(reply)).map(({ text }) => text);
    if (calm.length) this.announcer.say(calm.join("\n"));
  }

  #place = ({ destination = "" }: Reply): string => this.strings.destinations[destination] ?? destination;
}

/** The reference of a request that was made and not withdrawn. */
export function pendingRequest(entries: Entry[]): string {
  const made = entries.flatMap((entry) => (entry.from === "assistant" && entry.reply.appointment) || []);
  const last = made.at(-1);
  return last?.status === "requested" ? last.reference : "";
}
