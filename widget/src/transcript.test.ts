import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeHistory } from "./past/history";
import { readReply } from "./reply";
import { newItem, Transcript, type Entry } from "./transcript";

const NOW = "2026-05-01T10:00:00Z";
const reply = (id: string) => readReply({ id, kind: "say", text: id });
const textsOf = (entries: Entry[]) => entries.map((entry) => (entry.from === "visitor" ? entry.text : entry.reply.text));
const item = (id: string, text: string) => newItem(id, text, NOW);

test("a reply that comes twice is shown once", () => {
  const transcript = new Transcript();
  assert.equal(transcript.addReplies([reply("a")], NOW).length, 1);
  assert.equal(transcript.addReplies([reply("a")], NOW).length, 0);
});

test("messages that wait stay below the answer to the one before", () => {
  const transcript = new Transcript();
  transcript.present = [{ ...item("1", "one"), state: "sent" }, item("2", "two")];
  transcript.addReplies([reply("a")], NOW);
  assert.deepEqual(textsOf(transcript.lines), ["one", "a", "two"]);
});

test("the history is followed by what was not heard", () => {
  const heard = mergeHistory(
    [{ from: "visitor", at: NOW, id: "1", text: "one" }, { from: "assistant", at: NOW, reply: reply("a") }],
    [item("1", "one"), item("2", "two")],
    "en-GB",
  );
  assert.deepEqual(textsOf(heard), ["one", "a", "two"]);
});

test("a history without ids is matched by words and time", () => {
  const heard = mergeHistory([{ from: "visitor", at: "2026-05-01T10:00:02Z", text: "one" }], [item("1", "one")], "en-GB");
  assert.deepEqual(textsOf(heard), ["one"]);
});

test("an expired conversation stays above the new one", () => {
  const transcript = new Transcript();
  transcript.earlier = [{ from: "assistant", key: "a", at: NOW, reply: reply("a") }];
  transcript.present = mergeHistory([{ from: "assistant", at: NOW, reply: reply("b") }], [item("1", "one")], "en-GB");
  assert.deepEqual(textsOf(transcript.lines), ["a", "b", "one"]);
});
