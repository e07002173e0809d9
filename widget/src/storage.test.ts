import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Storage } from "./storage";
import { useDocument } from "./testing";

beforeEach(useDocument);
const BASE = "https://clinic.example/";

test("messages are kept each by itself, in the order they were written", () => {
  const storage = new Storage("session", BASE);
  storage.keep({ id: "2", text: "two", at: "10:01" });
  storage.keep({ id: "1", text: "one", at: "10:00" });
  assert.deepEqual(new Storage("session", BASE).kept().map(({ text }) => text), ["one", "two"]);
  storage.drop("1");
  assert.deepEqual(storage.kept().map(({ text }) => text), ["two"]);
});

test("clearing leaves what belongs to others", () => {
  const storage = new Storage("local", BASE);
  localStorage.setItem("theirs", "x");
  storage.set("token", "t");
  storage.clear();
  assert.equal(storage.get("token"), "");
  assert.equal(localStorage.getItem("theirs"), "x");
});

test("a blocked storage remembers until the page is left", () => {
  Object.defineProperty(globalThis, "sessionStorage", { get() { throw new Error("blocked"); }, configurable: true });
  const storage = new Storage("session", BASE);
  storage.set("token", "t");
  assert.equal(storage.get("token"), "t");
});

test("what is broken in the storage is passed over", () => {
  const storage = new Storage("session", BASE);
  storage.set("message 1", "{");
  assert.deepEqual(storage.kept(), []);
});
