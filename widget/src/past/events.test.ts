import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, type Api } from "../api";
import { followEvents, readEvents } from "./events";

const streamOf = (...parts: string[]) => new Response(parts.join("")).body!;

async function collect(stream: ReadableStream<Uint8Array>) {
  const all: string[] = [];
  for await (const data of readEvents(stream)) all.push(data);
  return all;
}

test("the data of each event is read, comments are not", async () => {
  assert.deepEqual(await collect(streamOf(": open\n\n", "data: 1\n\nevent: x\ndata: a\ndata: b\n\n")), ["1", "a\nb"]);
});

test("an event cut in pieces is put together", async () => {
  const pieces = ["da", "ta: {\"é", "\":1}\r", "\n\r\n"].map((piece) => new TextEncoder().encode(piece));
  const stream = new ReadableStream<Uint8Array>({ start(control) { for (const piece of pieces) control.enqueue(piece); control.close(); } });
  assert.deepEqual(await collect(stream), ['{"é":1}']);
});

for (const status of [404, 501]) {
  test(`a server that answers ${status} has no events and is left alone`, async () => {
    let asked = 0;
    const api = { request: async () => { asked += 1; throw new Problem(status); } } as unknown as Api;
    await followEvents(api, { heard() {}, connected() {} }, new AbortController().signal);
    assert.equal(asked, 1);
  });
}
