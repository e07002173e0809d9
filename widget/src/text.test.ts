import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "./text";

test("values go into their places, others stay", () => assert.equal(fill("{n} of {m}", { n: 1 }), "1 of {m}"));
test("words that run the other way keep their order", () => {
  assert.equal(fill("Updated {date}", { date: "3 أكتوبر 2022" }), "Updated \u20683 أكتوبر 2022\u2069");
});
