import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Problem, type Api } from "./api";
import { readReply, type Message, type Reply } from "./reply";
import { Session, type Status, type View } from "./session";
import { Storage } from "./storage";
import { Tabs } from "./tabs";
import { useDocument } from "./testing";

beforeEach(useDocument);
const BASE = "https://clinic.example/";
const settle = async () => { for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done)); };

class FakeApi {
  token = "";
  started = 0;
  heard: string[] = [];
  failure: Problem | undefined;
  past: Message[] = [];
  release = () => {};
  held: Promise<void> | undefined;
  async start() {
    this.started += 1;
    if (this.failure) throw this.failure;
    this.token = `token ${this.started}`;
    return { token: this.token, replies: [readReply({ id: `hello ${this.started}`, text: "Hello" })] };
  }
  async send(_: string, text: string) {
    if (this.failure) throw this.failure;
    await this.held;
    this.heard.push(text);
    return [readReply({ id: `to ${text}`, text: `You said ${text}` })];
  }
  async history() {
    if (this.failure) throw this.failure;
    return this.past;
  }
  async events() { throw new Problem(404); }
  async erase() { return "ER-1"; }
  hold() { this.held = new Promise((release) => { this.release = release; }); }
}

class FakeView implements View {
  spoken: string[] = [];
  statuses: Status[] = [];
  draw(fresh: Reply[]) { this.spoken.push(...fresh.map(({ text }) => text)); }
  show(status: Status) { this.statuses.push(status); }
  failed() {}
}

async function begin(api = new FakeApi()) {
  const view = new FakeView();
  const storage = new Storage("session", BASE);
  const tabs = { listen() {}, tell() {}, askForToken: async () => "" } as unknown as Tabs;
  const session = new Session(api as unknown as Api, storage, tabs, view, () => ({ url: "u", title: "t" }));
  await session.open();
  await settle();
  const texts = () => session.transcript.entries.map((entry) => (entry.from === "visitor" ? entry.text : entry.reply.text));
  return { api, view, storage, session, texts };
}

test("the first open begins one conversation and keeps its token", async () => {
  const { api, view, storage } = await begin();
  assert.equal(api.started, 1);
  assert.equal(storage.get("token"), "token 1");
  assert.deepEqual(view.spoken, ["Hello"]);
});

test("a message is answered, spoken once, and no longer kept", async () => {
  const { view, storage, session, texts } = await begin();
  session.outbox.add("heel");
  await settle();
  assert.deepEqual(texts(), ["Hello", "heel", "You said heel"]);
  assert.deepEqual(view.spoken, ["Hello", "You said heel"]);
  assert.deepEqual(storage.kept(), []);
});

test("a token from before takes up the conversation without speaking it again", async () => {
  await begin();
  const api = new FakeApi();
  api.past = [{ from: "assistant", at: "", reply: readReply({ id: "1", text: "Earlier" }) }];
  const { view, texts } = await begin(api);
  assert.equal(api.started, 0);
  assert.deepEqual(texts(), ["Earlier"]);
  assert.deepEqual(view.spoken, []);
});

test("an expired token asks before it begins anew, and keeps what was said", async () => {
  const { api, view, session, texts } = await begin();
  api.failure = new Problem(401);
  session.outbox.add("heel");
  await settle();
  assert.equal(view.statuses.at(-1), "expired");
  api.failure = undefined;
  await session.renew();
  await settle();
  assert.deepEqual(api.heard, ["heel"]);
  assert.deepEqual(texts(), ["Hello", "Hello", "heel", "You said heel"]);
});

test("erasing leaves nothing, not even an answer under way", async () => {
  const { api, storage, session, texts } = await begin();
  api.hold();
  session.outbox.add("heel");
  await settle();
  assert.equal(await session.erase("cancel"), "ER-1");
  api.release();
  await settle();
  assert.deepEqual(texts(), []);
  assert.equal(storage.get("token"), "");
  assert.deepEqual(storage.kept(), []);
});

test("two wakings at once begin one conversation", async () => {
  const api = new FakeApi();
  api.failure = new Problem(503, "Away");
  const { session, view } = await begin(api);
  assert.equal(view.statuses.at(-1), "unreachable");
  api.failure = undefined;
  session.wake();
  session.wake();
  await settle();
  assert.equal(api.started, 2);
});
