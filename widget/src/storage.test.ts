import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clearStorage } from "./past/clearing";
import { readKept } from "./past/kept";
import { Storage } from "./storage";
import { useDocument } from "./testing";

beforeEach(useDocument);
const BASE = "https://clinic.example/";
const keep = (storage: Storage, id: string, text: string, at: string) => storage.set(`message ${id}`, JSON.stringify({ id, text, at }));

test("messages are kept each by itself, in the order they were written", () => {
  const storage = new Storage("session", BASE);
  keep(storage, "2", "two", "10:01");
  keep(storage, "1", "one", "10:00");
  assert.deepEqual(readKept(new Storage("session", BASE)).map(({ text }) => text), ["one", "two"]);
  storage.set("message 1", "");
  assert.deepEqual(readKept(storage).map(({ text }) => text), ["two"]);
});

test("clearing leaves what belongs to others", () => {
  const storage = new Storage("local", BASE);
  localStorage.setItem("theirs", "x");
  storage.set("token", "t");
  clearStorage(storage);
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
  assert.deepEqual(readKept(storage), []);
});
