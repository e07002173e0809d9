import assert from "node:assert/strict";
import { before, test } from "node:test";
import { withLinks } from "./contacts";
import { boxOf, useDocument } from "./testing";

before(useDocument);

const linksIn = (text: string) => {
  const box = boxOf(withLinks(text));
  assert.equal(box.textContent, text);
  return [...box.querySelectorAll("a")].map((each) => each.getAttribute("href"));
};

test("emergency numbers and the clinic's number can be tapped", () => {
  assert.deepEqual(linksIn("Call 999, or 111. The clinic: 020 7946 0123."), ["tel:999", "tel:111", "tel:02079460123"]);
});
test("a number written for abroad is a link", () => {
  assert.deepEqual(linksIn("+44 20 7946 0123 or hello@example.org."), ["tel:+442079460123"]);
});
test("prices, years and spans of time are only words", () => {
  assert.deepEqual(linksIn("It costs £45 for 30 minutes. Updated in 2022, version 2026-11, 4 to 6 weeks, 1,000 characters."), []);
});
