import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Announcer } from "./announcer";
import { useDocument } from "./testing";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  useDocument();
  Object.assign(window, { setTimeout: globalThis.setTimeout });
});

test("calm words are polite, urgent ones assertive", () => {
  const announcer = new Announcer();
  announcer.say("Here is the answer");
  announcer.warn("Call 999");
  assert.equal(announcer.polite.textContent, "Here is the answer");
  assert.equal(announcer.polite.getAttribute("aria-live"), "polite");
  assert.equal(announcer.assertive.textContent, "Call 999");
  assert.equal(announcer.assertive.getAttribute("aria-live"), "assertive");
});

test("the words are gone later, the regions stay", () => {
  const announcer = new Announcer();
  announcer.say("Hello");
  mock.timers.tick(60_000);
  assert.equal(announcer.polite.textContent, "");
});
