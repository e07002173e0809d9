/** The visitor API over HTTP: one method per call of the contract, one kind of failure. */
import { readReply, type Reply } from "./reply";

/** A call that did not succeed, thrown. `status` is 0 when the server was not reached. */
export class Problem {
  constructor(
    readonly status: number,
    readonly detail = "",
    /** What the server says of when to come again: seconds or an HTTP date. */
    readonly retryAfter: string | null = null,
  ) {}
}

export interface Page { url: string; title: string; article?: string }

/** Whatever was thrown, as a problem: what is none (a lost connection, code that did not load) has status 0. */
export const problemOf = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0));

export class Api {
  token = "";

  constructor(
    readonly base: string,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
  ) {}

  /** The first replies of a new conversation, whose token is used from now on. */
  async start(page: Page): Promise<Reply[]> {
    const { token, replies } = await this.call("POST", "conversations", { page });
    const read = replies.map(readReply);
    this.token = String(token);
    return read;
  }

  async send(id: string, text: string): Promise<Reply[]> {
    return (await this.call("POST", "messages", { id, text })).replies.map(readReply);
  }

  /** Any other call of the contract, for parts that need it. */
  // The answers are read field by field above: what is missing fails there, and is a problem of status 0.
  async call(method: string, path: string, body?: object): Promise<any> {
    const response = await this.request(method, path, body, AbortSignal.timeout(15_000));
    return response.status === 204 || response.json();
  }

  async request(method: string, path: string, body: object | undefined, signal: AbortSignal) {
    const response = await this.fetcher(`${this.base}api/${path}`, {
      method, signal, credentials: "omit", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...(this.token && { Authorization: `Bearer ${this.token}` }) },
    });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw new Problem(response.status, problem.detail, response.headers.get("Retry-After"));
  }
}
