import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { h } from "./dom";
import { useDocument } from "./testing";

beforeEach(useDocument);

test("text stays text, whatever it looks like", () => {
  const box = h("p", {}, "<img src=x onerror=alert(1)>");
  assert.equal(box.children.length, 0);
  assert.equal(box.textContent, "<img src=x onerror=alert(1)>");
});

test("an attribute that is false or absent is left out, true is empty", () => {
  const box = h("p", { hidden: true, title: undefined, id: false, tabindex: 0 });
  assert.deepEqual(box.getAttributeNames(), ["hidden", "tabindex"]);
});

test("a child that is not there is passed over", () => assert.equal(h("p", {}, "a", false, undefined, "", "b").textContent, "ab"));
