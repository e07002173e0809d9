/** The visitor API over HTTP: one method per call of the contract, one kind of failure. */
import { readMessage, readReply, type Message, type Reply } from "./reply";

/** A call that did not succeed. `status` is 0 when the server was not reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail = "",
    readonly retryAfter = 0,
  ) {
    super(detail || `status ${status}`);
  }
}

export interface Page { url: string; title: string; article?: string }
export interface Started { token: string; replies: Reply[] }

const TIMEOUT = 15_000;

/** Seconds to wait, from a number of seconds or an HTTP date. */
export function readRetryAfter(value: string | null, now = Date.now()): number {
  if (!value) return 0;
  const seconds = Number(value);
  return Math.max(0, Number.isNaN(seconds) ? (Date.parse(value) - now) / 1000 || 0 : seconds);
}

export class Api {
  token = "";

  constructor(
    readonly base: string,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
  ) {}

  async start(page: Page): Promise<Started> {
    const made = await this.#call("POST", "conversations", { page });
    this.token = String(made.token);
    return { token: this.token, replies: made.replies.map(readReply) };
  }

  async send(id: string, text: string): Promise<Reply[]> {
    return (await this.#call("POST", "messages", { id, text })).replies.map(readReply);
  }

  async history(): Promise<Message[]> {
    return (await this.#call("GET", "messages")).messages.map(readMessage);
  }

  async feedback(id: string, helpful: boolean, comment?: string): Promise<void> {
    await this.#call("POST", `replies/${encodeURIComponent(id)}/feedback`, { helpful, comment });
  }

  async erase(appointment: "cancel" | "keep"): Promise<string> {
    return (await this.#call("DELETE", `conversations?appointment=${appointment}`)).reference;
  }

  /** The open stream of what happens elsewhere; it has no time limit of its own. */
  async events(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    return (await this.#request("GET", "events", undefined, signal)).body!;
  }

  // The answers are read field by field above: what is missing fails there, as a malformed answer.
  async #call(method: string, path: string, body?: object): Promise<any> {
    const response = await this.#request(method, path, body, AbortSignal.timeout(TIMEOUT));
    if (response.status === 204) return {};
    return response.json().catch(() => { throw new Problem(0); });
  }

  async #request(method: string, path: string, body: object | undefined, signal: AbortSignal) {
    const headers: Record<string, string> = {};
    if (body) headers["Content-Type"] = "application/json";
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const response = await this.fetcher(`${this.base}api/${path}`, {
      method, headers, signal, credentials: "omit", cache: "no-store", ...(body && { body: JSON.stringify(body) }),
    }).catch(() => { throw new Problem(0); });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw new Problem(response.status, problem.detail, readRetryAfter(response.headers.get("Retry-After")));
  }
}
