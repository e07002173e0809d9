import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Problem } from "./api";
import { eraseAll } from "./menu/erasing";
import { renew } from "./parts/trouble";
import { readKept } from "./past/kept";
import type { Scene } from "./scene";
import { begin, beginLate, FakeApi, settle } from "./session-testing";
import { useDocument } from "./testing";

beforeEach(useDocument);

test("the first open begins one conversation and keeps its token", async () => {
  const { api, view, storage } = await begin();
  assert.equal(api.started, 1);
  assert.equal(storage.get("token"), "token 1");
  assert.deepEqual(view.spoken, ["Hello"]);
});

test("nothing goes before there is a conversation", async () => {
  const api = new FakeApi();
  api.failure = new Problem(503);
  const { session } = await begin(api);
  session.add("heel");
  await settle();
  assert.deepEqual(api.heard, []);
  api.failure = undefined;
  session.hurry();
  await settle();
  assert.deepEqual(api.heard, ["heel"]);
});

test("a message is answered, spoken once, and no longer kept", async () => {
  const { view, storage, session, texts } = await begin();
  session.add("heel");
  await settle();
  assert.deepEqual(texts(), ["Hello", "heel", "You said heel"]);
  assert.deepEqual(view.spoken, ["Hello", "You said heel"]);
  assert.deepEqual(readKept(storage), []);
});

test("a token from before takes up the conversation without speaking it again", async () => {
  await begin();
  const api = new FakeApi();
  api.past = [{ from: "assistant", at: "", id: "1", text: "Earlier" }];
  const { view, texts } = await begin(api);
  assert.equal(api.started, 0);
  assert.deepEqual(texts(), ["Earlier"]);
  assert.deepEqual(view.spoken, []);
});

test("an expired token asks before it begins anew, and keeps what was said", async () => {
  const { api, view, session, texts } = await begin();
  api.failure = new Problem(401);
  session.add("heel");
  await settle();
  assert.equal(view.statuses.at(-1), "expired");
  api.failure = undefined;
  await renew(session);
  await settle();
  assert.deepEqual(api.heard, ["heel"]);
  assert.deepEqual(texts(), ["Hello", "Hello", "heel", "You said heel"]);
});

test("erasing leaves nothing, not even an answer under way", async () => {
  const { api, storage, session, texts } = await begin();
  api.hold();
  session.add("heel");
  await settle();
  assert.equal(await eraseAll({ session } as unknown as Scene, "cancel"), "ER-1");
  api.release();
  await settle();
  assert.deepEqual(texts(), []);
  assert.equal(storage.get("token"), "");
  assert.deepEqual(readKept(storage), []);
});

test("what is said after erasing begins a new conversation", async () => {
  const { api, session, texts } = await begin();
  await eraseAll({ session } as unknown as Scene, "cancel");
  session.add("heel");
  await settle();
  assert.equal(api.started, 2);
  assert.deepEqual(texts(), ["Hello", "heel", "You said heel"]);
});

test("erased in words: the answer stays, the token goes, other tabs hear of it, and nothing unsent is lost", async () => {
  const { api, session, storage, texts, told, view } = await begin();
  session.add("heel");
  await settle();
  api.extra = { text: "All is erased.", erased: { reference: "E-7", keep: false } };
  api.hold();
  session.add("yes");
  await settle();
  session.add("and my toe?");
  api.onSend = () => { api.extra = {}; };
  api.release();
  await settle();
  assert.deepEqual(told.filter((word) => (word as { type: string }).type === "erased"), [{ type: "erased", reference: "E-7" }]);
  assert.ok(view.statuses.includes("erased"));
  assert.equal(api.started, 2);
  assert.equal(storage.get("token"), "token 2");
  assert.deepEqual(texts(), ["All is erased.", "Hello", "and my toe?", "You said and my toe?"]);
});

test("erased in words: without more to send there is no conversation until somebody writes", async () => {
  const { api, session, storage, texts } = await begin();
  api.extra = { text: "All is erased.", erased: { reference: "E-7", keep: false } };
  session.add("yes");
  await settle();
  assert.deepEqual(texts(), ["All is erased."]);
  assert.equal(storage.get("token"), "");
  assert.equal(api.started, 1);
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

test("what is said before another tab has told its token goes to that tab's conversation", async () => {
  const api = new FakeApi();
  const { session, settled } = beginLate(api);
  session.add("heel");
  await settle();
  assert.deepEqual(api.heard, []);
  settled("token of the other tab");
  await settle();
  assert.equal(api.started, 0);
  assert.equal(api.token, "token of the other tab");
  assert.deepEqual(api.heard, ["heel"]);
});
