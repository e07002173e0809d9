import assert from "node:assert/strict";
import { test } from "node:test";
import { readMessage } from "./past/message";
import { KINDS, placesOf, readReply, splitAnswer } from "./reply";

test("every kind of the contract is kept", () => {
  for (const kind of KINDS) assert.equal(readReply({ id: "1", kind, text: "x" }).kind, kind);
});
test("a reply without a kind is plain speech", () => assert.equal(readReply({ text: "x" }).kind, "say"));
test("two passages of one section are one place", () => {
  const first = { title: "Heel pain", section: "Causes", url: "/heel#one" };
  const places = placesOf([first, { ...first, url: "/heel#two" }, { ...first, section: "Treatment" }, { ...first, title: "Toe pain" }]);
  assert.deepEqual(places.map(({ title, section, url }) => [title, section, url]), [
    ["Heel pain", "Causes", "/heel#one"], ["Heel pain", "Treatment", "/heel#one"], ["Toe pain", "Causes", "/heel#one"],
  ]);
});
test("missing lists are empty", () => assert.deepEqual(readReply({}).buttons, []));
test("a line of history with the reply's own fields is understood", () => {
  const message = readMessage({ from: "assistant", at: "t", id: "r", kind: "offer", text: "x" });
  assert.equal(message.from === "assistant" && message.reply.kind, "offer");
});
test("the lead-in and the quotation are told apart", () => {
  const parts = { lead: "From our article, under Causes:", quote: "It hurts: often." };
  assert.deepEqual(splitAnswer("From our article, under Causes:\nIt hurts: often."), parts);
  assert.deepEqual(splitAnswer("From our article, under Causes: It hurts: often."), parts);
});
test("an answer without a lead-in is all quotation", () => {
  assert.deepEqual(splitAnswer("It hurts."), { lead: "", quote: "It hurts." });
});
