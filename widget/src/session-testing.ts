/** For tests: a session on a server and a screen that write down what happens. */
import { Problem, type Api } from "./api";
import type { Host } from "./options";
import type { Translate } from "./parts/words";
import { readReply, type Reply } from "./reply";
import { Session } from "./session";
import { Storage } from "./storage";
import type { Tabs } from "./tabs";
import type { Status, View } from "./view";

export const BASE = "https://clinic.example/";
export const settle = async () => { for (let turn = 0; turn < 12; turn += 1) await new Promise((done) => setImmediate(done)); };

export class FakeApi {
  token = "";
  started = 0;
  heard: string[] = [];
  failure: Problem | undefined;
  /** What each sending meets, in turn; undefined and nothing are success. */
  answers: (Problem | undefined)[] = [];
  past: unknown[] = [];
  extra: Partial<Reply> = {};
  onSend = (_: string) => {};
  release = () => {};
  held: Promise<void> | undefined;
  async start() {
    this.started += 1;
    if (this.failure) throw this.failure;
    this.token = `token ${this.started}`;
    return [readReply({ id: `hello ${this.started}`, text: "Hello" })];
  }
  async send(key: string, text: string) {
    this.onSend(key);
    const answer = this.answers.shift() ?? this.failure;
    if (answer) throw answer;
    await this.held;
    this.heard.push(text);
    return [readReply({ id: `to ${text}`, text: `You said ${text}`, ...this.extra })];
  }
  async call(method: string) {
    if (this.failure) throw this.failure;
    return method === "GET" ? { messages: this.past } : { reference: "ER-1" };
  }
  async request() { throw new Problem(404); }
  hold() { this.held = new Promise((release) => { this.release = release; }); }
}

export class FakeView implements View {
  spoken: string[] = [];
  statuses: Status[] = [];
  written: string[] = [];
  language = "en-GB";
  warned: string[] = [];
  translate: Translate = (own) => own;
  host = { root: { adoptedStyleSheets: [] } } as unknown as Host;
  draw(fresh: Reply[]) { this.spoken.push(...fresh.map(({ text }) => text)); }
  show(status: Status) { this.statuses.push(status); }
  warn(text: string) { this.warned.push(text); }
  write(text: string) { this.written.push(text); }
  failed() {}
}

export async function begin(api = new FakeApi()) {
  const view = new FakeView();
  const storage = new Storage("session", BASE);
  const told: unknown[] = [];
  const tabs = { listen() {}, tell: (word: unknown) => told.push(word), askForToken: async () => "" } as unknown as Tabs;
  const session = new Session(api as unknown as Api, storage, tabs, view, () => ({ url: "u", title: "t" }));
  void session.open();
  await settle();
  const texts = () => session.transcript.lines.map((entry) => (entry.from === "visitor" ? entry.text : entry.reply.text));
  return { api, view, storage, session, texts, told };
}

/** A session that still waits for another tab's token. */
export function beginLate(api: FakeApi) {
  let settled = (_: string) => {};
  const asked = new Promise<string>((done) => { settled = done; });
  const tabs = { listen() {}, tell() {}, askForToken: () => asked } as unknown as Tabs;
  const session = new Session(api as unknown as Api, new Storage("session", BASE), tabs, new FakeView(), () => ({ url: "u", title: "t" }));
  void session.open();
  return { session, settled };
}
