import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Problem } from "../api";
import { begin, settle } from "../session-testing";
import { useDocument } from "../testing";
import { isOpen } from "../transcript";
import { readRetryAfter, renew, waitFor, withdraw } from "./trouble";

beforeEach(useDocument);

async function send(answers: (Problem | undefined)[], ...texts: string[]) {
  const started = await begin();
  const { api, session } = started;
  const waits: number[] = [];
  const keys: string[] = [];
  let go = () => {};
  session.rest = (ms) => {
    // The short wait for code is not a wait for the server.
    if (ms === 2000) return new Promise(() => {});
    waits.push(ms);
    return new Promise((done) => { go = done; });
  };
  api.answers = answers;
  api.onSend = (key) => { keys.push(key); };
  for (const text of texts) session.add(text);
  await settle();
  const tick = async () => { go(); await settle(); };
  const open = () => session.transcript.present.filter(isOpen);
  return { ...started, waits, keys, tick, open };
}

test("messages go in order, one at a time", async () => {
  const { api, open } = await send([], "one", "two");
  assert.deepEqual(api.heard, ["one", "two"]);
  assert.deepEqual(open(), []);
});

test("a failure is tried again later, before the next message", async () => {
  const { api, tick } = await send([new Problem(503)], "one", "two");
  assert.deepEqual(api.heard, []);
  await tick();
  assert.deepEqual(api.heard, ["one", "two"]);
});

test("a server that names a time is obeyed", async () => {
  const { waits } = await send([new Problem(429, "", "12")], "one");
  assert.deepEqual(waits, [12_000]);
});

test("after six failures the visitor decides", async () => {
  const { api, open, tick } = await send(Array.from({ length: 6 }, () => new Problem(0)), "one");
  for (let round = 0; round < 5; round += 1) await tick();
  assert.equal(open()[0]!.state, "failed");
  assert.equal(open()[0]!.action!.label, "Try again");
  open()[0]!.action!.run();
  await settle();
  assert.deepEqual(api.heard, ["one"]);
});

test("words that were refused can be edited", async () => {
  const { session, view, open } = await send([new Problem(413, "Too long")], "one");
  assert.equal(open()[0]!.action!.label, "Edit");
  open()[0]!.action!.run();
  assert.deepEqual(view.written, ["one"]);
  assert.deepEqual(session.transcript.lines.filter(({ from }) => from === "visitor"), []);
});

test("a date to wait for becomes seconds", () => {
  assert.equal(readRetryAfter("Thu, 01 Jan 1970 00:00:10 GMT", 4000), 6);
  assert.equal(readRetryAfter("soon"), 0);
  assert.equal(readRetryAfter(null), 0);
});

test("a refused message does not hold up the next, and can be taken back", async () => {
  const { api, session, open } = await send([new Problem(413, "Too long")], "one", "two");
  assert.equal(open()[0]!.state, "refused");
  assert.equal(open()[0]!.reason, "Not sent. Too long");
  assert.deepEqual(api.heard, ["two"]);
  withdraw(session, open()[0]!);
  assert.deepEqual(open(), []);
});

test("an expired conversation holds everything until there is a new one", async () => {
  const { api, session, view } = await send([new Problem(401)], "one");
  assert.equal(view.statuses.at(-1), "expired");
  assert.deepEqual(api.heard, []);
  await renew(session);
  await settle();
  assert.deepEqual(api.heard, ["one"]);
});

test("an id that was used before is replaced and the words are sent", async () => {
  const { api, keys } = await send([new Problem(409)], "one");
  assert.equal(new Set(keys).size, 2);
  assert.deepEqual(api.heard, ["one"]);
});

test("the waits double up to half a minute", () => {
  assert.deepEqual([1, 2, 3, 9].map((tries) => waitFor(tries, 0, 0.5)), [1000, 2000, 4000, 30_000]);
});
