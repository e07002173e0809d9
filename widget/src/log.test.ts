import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Log } from "./log";
import { makeReply, makeScene, useDocument } from "./testing";
import type { Kind } from "./reply";
import type { Entry, Item } from "./transcript";

beforeEach(useDocument);
const AT = "2026-05-01T10:00:00Z";
const mine = (state: Item["state"], reason = ""): Item => ({ from: "visitor", key: "v", at: AT, text: "heel", state, tries: 0, reason });
const theirs = (key: string): Entry => ({ from: "assistant", key, at: AT, reply: makeReply({ id: key, text: key }) });

function makeLog() {
  const log = new Log(makeScene(), "");
  document.body.append(log.element);
  const texts = () => [...log.element.querySelectorAll("article .text")].map((each) => each.textContent);
  return { log, texts };
}

test("the order on screen follows the entries, whenever they come", () => {
  const { log, texts } = makeLog();
  log.draw([theirs("a"), mine("sending")]);
  log.draw([theirs("a"), theirs("b"), mine("sent"), theirs("c")]);
  assert.deepEqual(texts(), ["a", "b", "heel", "c"]);
});

test("what is drawn already is the same element afterwards", () => {
  const { log } = makeLog();
  log.draw([theirs("a")]);
  const before = log.element.querySelector("article");
  log.draw([theirs("a"), theirs("b")]);
  assert.equal(log.element.querySelector("article"), before);
});

test("the typing sign shows while a message is being sent", () => {
  const { log } = makeLog();
  const typing = log.element.querySelector<HTMLElement>(".typing")!;
  log.draw([mine("sending")]);
  assert.equal(typing.hidden, false);
  log.draw([mine("sent")]);
  assert.equal(typing.hidden, true);
});

test("under a message that was not sent stands why, and what can be done", () => {
  const { log } = makeLog();
  const done: string[] = [];
  log.draw([{ ...mine("refused", "Not sent. Too long."), action: { label: "Edit", run: () => done.push("edit") } }]);
  assert.equal(log.element.querySelector(".state")!.textContent, "Not sent. Too long.Edit");
  log.element.querySelector<HTMLButtonElement>(".state button")!.click();
  assert.deepEqual(done, ["edit"]);
  assert.ok(log.element.querySelector(".unsent"));
});

test("a message that was heard after all has its time and nothing to mend", () => {
  const { log } = makeLog();
  log.draw([{ ...mine("failed", "Not sent."), action: { label: "Try again", run: () => {} } }]);
  log.draw([mine("sent")]);
  assert.match(log.element.querySelector(".state")!.textContent!, /^\d\d:\d\d$/);
  assert.equal(log.element.querySelector(".unsent"), null);
});

test("a kind of reply nobody knows is plain speech", () => {
  const { log, texts } = makeLog();
  log.draw([theirs("a"), { ...theirs("b"), reply: { ...makeReply({ text: "Quiz" }), kind: "quiz" as Kind } } as Entry]);
  assert.deepEqual(texts(), ["a", "Quiz"]);
});

test("each message says who spoke and when", () => {
  const { log } = makeLog();
  log.draw([theirs("a"), mine("sent")]);
  const names = [...log.element.querySelectorAll("article")].map((each) => each.getAttribute("aria-label")!.split(",")[0]);
  assert.deepEqual(names, ["Assistant", "You"]);
});
