/** Server-sent events read by fetch, because the token travels in a header. */
import { Problem, type Api } from "../api";

/** The data of each event in a stream of text; comments and other fields are passed over. */
export async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) {
      const lines = block.split("\n").filter((line) => line.startsWith("data:"));
      if (lines.length) yield lines.map((line) => line.slice(5).trimStart()).join("\n");
    }
  }
}

export interface Follower {
  heard(data: string): void;
  /** The stream is open again: something may have been missed. */
  connected(): void;
}

const NOT_AVAILABLE = [401, 404, 405, 501];
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Follows until aborted; gives up quietly where the server has no events. */
export async function followEvents(api: Api, follower: Follower, signal: AbortSignal): Promise<void> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      const stream = (await api.request("GET", "events", undefined, signal)).body!;
      if (tries) follower.connected();
      tries = 0;
      for await (const data of readEvents(stream)) follower.heard(data);
    } catch (error) {
      if (error instanceof Problem && NOT_AVAILABLE.includes(error.status)) return;
    }
    if (!signal.aborted) await pause(Math.min(30_000, 1000 * 2 ** tries) * (0.75 + Math.random() / 2));
  }
}
