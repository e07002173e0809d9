import assert from "node:assert/strict";
import { test } from "node:test";
import { readReply, type Message } from "./reply";
import { Transcript } from "./transcript";

const NOW = "2026-05-01T10:00:00Z";
const reply = (id: string) => readReply({ id, kind: "say", text: id });
const texts = (transcript: Transcript) => transcript.entries.map((entry) => (entry.from === "visitor" ? entry.text : entry.reply.text));
const item = (id: string) => ({ id, text: id, at: NOW, state: "waiting" as const, tries: 0, reason: "" });

test("a reply that comes twice is shown once", () => {
  const transcript = new Transcript();
  assert.equal(transcript.addReplies([reply("a")], NOW).length, 1);
  assert.equal(transcript.addReplies([reply("a")], NOW).length, 0);
});

test("messages that wait stay below the answer to the one before", () => {
  const transcript = new Transcript();
  transcript.addVisitor("1", "one", NOW, "waiting");
  transcript.addVisitor("2", "two", NOW, "waiting");
  transcript.update(item("1"), true);
  transcript.addReplies([reply("a")], NOW);
  assert.deepEqual(texts(transcript), ["one", "a", "two"]);
});

test("its own echo from the stream marks a message as sent", () => {
  const transcript = new Transcript();
  transcript.addVisitor("1", "one", NOW, "sending");
  transcript.addVisitor("1", "one", NOW, "sent");
  transcript.addReplies([reply("a")], NOW);
  assert.deepEqual(texts(transcript), ["one", "a"]);
});

test("the history is followed by what was not heard", () => {
  const transcript = new Transcript();
  transcript.addVisitor("1", "one", NOW, "waiting");
  transcript.addVisitor("2", "two", NOW, "waiting");
  transcript.restore([{ from: "visitor", at: NOW, id: "1", text: "one" }, { from: "assistant", at: NOW, reply: reply("a") }]);
  assert.deepEqual(texts(transcript), ["one", "a", "two"]);
});

test("a history without ids is matched by words and time", () => {
  const transcript = new Transcript();
  transcript.addVisitor("1", "one", NOW, "waiting");
  const messages: Message[] = [{ from: "visitor", at: "2026-05-01T10:00:02Z", text: "one" }];
  transcript.restore(messages);
  assert.deepEqual(texts(transcript), ["one"]);
});

test("an expired conversation stays above the new one", () => {
  const transcript = new Transcript();
  transcript.addReplies([reply("a")], NOW);
  transcript.addVisitor("1", "one", NOW, "waiting");
  transcript.setAside();
  transcript.restore([{ from: "assistant", at: NOW, reply: reply("b") }]);
  assert.deepEqual(texts(transcript), ["a", "b", "one"]);
});
