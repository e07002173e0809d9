import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "./api";
import { Queue, waitFor, type Clock, type Item, type Wire } from "./queue";

class FakeClock implements Clock {
  waits: number[] = [];
  #run = () => {};
  after(ms: number, run: () => void) {
    this.waits.push(ms);
    this.#run = run;
    return () => { this.#run = () => {}; };
  }
  async tick() {
    this.#run();
    await settle();
  }
}

class FakeWire implements Wire {
  heard: string[] = [];
  renames: string[] = [];
  hasExpired = false;
  constructor(readonly answers: (Problem | undefined)[]) {}
  async send(item: Item) {
    const answer = this.answers.shift();
    if (answer) throw answer;
    this.heard.push(item.text);
  }
  changed() {}
  renamed(before: string, now: string) { this.renames.push(`${before} ${now}`); }
  expired() { this.hasExpired = true; }
  newId() { return "new"; }
}

const settle = () => new Promise((done) => setImmediate(done));

function makeQueue(...answers: (Problem | undefined)[]) {
  const wire = new FakeWire(answers);
  const clock = new FakeClock();
  const queue = new Queue(wire, clock);
  queue.resume();
  return { wire, clock, queue };
}

test("messages go in order, one at a time", async () => {
  const { wire, queue } = makeQueue();
  queue.add("1", "one", "");
  queue.add("2", "two", "");
  await settle();
  assert.deepEqual(wire.heard, ["one", "two"]);
  assert.equal(queue.items.length, 0);
});

test("nothing goes before there is a conversation", async () => {
  const wire = new FakeWire([]);
  const queue = new Queue(wire, new FakeClock());
  queue.add("1", "one", "");
  await settle();
  assert.deepEqual(wire.heard, []);
});

test("a failure is tried again later, before the next message", async () => {
  const { wire, clock, queue } = makeQueue(new Problem(503));
  queue.add("1", "one", "");
  queue.add("2", "two", "");
  await settle();
  assert.deepEqual(wire.heard, []);
  await clock.tick();
  assert.deepEqual(wire.heard, ["one", "two"]);
});

test("a server that names a time is obeyed", async () => {
  const { clock, queue } = makeQueue(new Problem(429, "", 12));
  queue.add("1", "one", "");
  await settle();
  assert.deepEqual(clock.waits, [12_000]);
});

test("after six failures the visitor decides", async () => {
  const { wire, clock, queue } = makeQueue(...Array.from({ length: 6 }, () => new Problem(0)));
  const item = queue.add("1", "one", "");
  await settle();
  for (let round = 0; round < 5; round += 1) await clock.tick();
  assert.equal(item.state, "failed");
  queue.retry("1");
  await settle();
  assert.deepEqual(wire.heard, ["one"]);
});

test("a refused message does not hold up the next", async () => {
  const { wire, queue } = makeQueue(new Problem(413, "Too long"));
  const item = queue.add("1", "one", "");
  queue.add("2", "two", "");
  await settle();
  assert.equal(item.state, "refused");
  assert.equal(item.reason, "Too long");
  assert.deepEqual(wire.heard, ["two"]);
});

test("an expired conversation holds everything until there is a new one", async () => {
  const { wire, queue } = makeQueue(new Problem(401));
  queue.add("1", "one", "");
  await settle();
  assert.ok(wire.hasExpired);
  queue.resume();
  await settle();
  assert.deepEqual(wire.heard, ["one"]);
});

test("an id that was used before is replaced and the words are sent", async () => {
  const { wire, queue } = makeQueue(new Problem(409));
  queue.add("1", "one", "");
  await settle();
  assert.deepEqual(wire.renames, ["1 new"]);
  assert.deepEqual(wire.heard, ["one"]);
});

test("the waits double up to half a minute", () => {
  assert.deepEqual([1, 2, 3, 9].map((tries) => waitFor(tries, 0, 0.5)), [1000, 2000, 4000, 30_000]);
});
