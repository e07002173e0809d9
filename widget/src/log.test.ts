import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Log } from "./log";
import { makeReply, makeScene, useDocument } from "./testing";
import type { Entry, Item } from "./transcript";

beforeEach(useDocument);
const AT = "2026-05-01T10:00:00Z";
const mine = (state: Item["state"], reason = ""): Item => ({ from: "visitor", key: "v", at: AT, text: "heel", state, tries: 0, reason });
const theirs = (key: string): Entry => ({ from: "assistant", key, at: AT, reply: makeReply({ id: key, text: key }) });

function makeLog() {
  const mended: string[] = [];
  const log = new Log(makeScene(), { retry: ({ key }) => mended.push(`retry ${key}`), edit: ({ text }) => mended.push(`edit ${text}`) }, "");
  document.body.append(log.element);
  const texts = () => [...log.element.querySelectorAll("article .text")].map((each) => each.textContent);
  return { log, mended, texts };
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

test("a failed message can be tried again, a refused one edited", () => {
  const { log, mended } = makeLog();
  log.draw([mine("failed")]);
  log.element.querySelector<HTMLButtonElement>(".state button")!.click();
  log.draw([mine("refused", "Too long.")]);
  assert.match(log.element.querySelector(".state")!.textContent!, /Not sent\. Too long\./);
  log.element.querySelector<HTMLButtonElement>(".state button")!.click();
  assert.deepEqual(mended, ["retry v", "edit heel"]);
});

test("each message says who spoke and when", () => {
  const { log } = makeLog();
  log.draw([theirs("a"), mine("sent")]);
  const names = [...log.element.querySelectorAll("article")].map((each) => each.getAttribute("aria-label")!.split(",")[0]);
  assert.deepEqual(names, ["Assistant", "You"]);
});
