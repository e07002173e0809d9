import assert from "node:assert/strict";
import { test } from "node:test";
import { replaceStrings } from "./parts/words";
import { rareStrings, strings } from "./strings";
import { fill } from "./text";

test("places in a text are filled", () => assert.equal(fill("By {author}, {what}", { author: "A" }), "By A, {what}"));
test("a clinic's words replace ours, nested ones too", () => {
  const words = { send: "Go", slots: { name: "Name?" } };
  assert.equal(replaceStrings(strings, words).send, "Go");
  const own = replaceStrings(rareStrings, words);
  assert.equal(own.slots.name, "Name?");
  assert.equal(own.slots.email, rareStrings.slots.email);
});
test("what is not text, or unknown, changes nothing", () => {
  assert.deepEqual(replaceStrings(strings, { send: 5, nonsense: "x" }), strings);
});
