import assert from "node:assert/strict";
import { test } from "node:test";
import { replaceStrings } from "./parts/words";
import { strings } from "./strings";
import { fill } from "./text";

test("places in a text are filled", () => assert.equal(fill("By {author}, {what}", { author: "A" }), "By A, {what}"));
test("a clinic's words replace ours, nested ones too", () => {
  const own = replaceStrings(strings, { send: "Go", slots: { name: "Name?" } });
  assert.equal(own.send, "Go");
  assert.equal(own.slots.name, "Name?");
  assert.equal(own.slots.email, strings.slots.email);
});
test("what is not text, or unknown, changes nothing", () => {
  assert.deepEqual(replaceStrings(strings, { send: 5, nonsense: "x" }), strings);
});
