/** What goes wrong: waiting and trying again, what the server refuses, conversations that have ended. */
import type { Problem } from "../api";
import { adopt } from "../dom";
import type { Conversation } from "../conversation";
import { newId } from "../identifier";
import type { Scene } from "../scene";
import { troubleStrings } from "../strings";
import css from "../styles/trouble.css";
import { fill } from "../text";
import { isOpen, type Item } from "../transcript";

const LONGEST_WAIT = 30_000;
const TRIES = 6;
const REFUSED = [400, 403, 404, 413, 415, 422];

/** Milliseconds: exponential backoff with jitter; a server that names a time (in seconds) is obeyed. */
export const waitFor = (tries: number, retryAfter = 0, random = Math.random()): number =>
  retryAfter * 1000 || Math.min(LONGEST_WAIT, 1000 * 2 ** (tries - 1)) * (0.75 + random / 2);

/** Whether to go on, after a message was not heard or, without `item`, no conversation was made. */
export async function settle(session: Conversation, problem: Problem, item?: Item): Promise<boolean> {
  const { status, retryAfter } = problem;
  if (status === 401) {
    session.show("expired");
    return false;
  }
  if (!item) session.show("unreachable", problem.detail || (await explain(session, status)));
  else if (!session.transcript.present.includes(item)) return true;
  else if (weigh(session, problem, item)) return item.state !== "failed";
  await session.rest(waitFor(item ? item.tries : ++session.tries, readRetryAfter(retryAfter)));
  return true;
}

/** What keeps the chat from beginning, where it can be known: a page that the server was not told of. */
async function explain({ api: { base }, view }: Conversation, status: number): Promise<string> {
  if (status || !navigator.onLine || new URL(base).origin === location.origin) return "";
  try {
    if ((await (await fetch(`${base}widget/permission`)).json()).allowed !== false) return "";
  } catch {
    return "";
  }
  console.error(`Pointe: ${base} does not answer pages of ${location.origin}. Whoever runs it adds that origin to web.allowed_origins in settings.yml.`);
  return view.translate(troubleStrings).blocked;
}

/** Whether there is nothing to wait for. */
function weigh(session: Conversation, { status, detail }: Problem, item: Item): boolean {
  adopt(session.view.host.root, css);
  if (status === 409 && item.tries < TRIES) {
    rename(session, item);
    return true;
  }
  if (REFUSED.includes(status)) refuse(session, detail, item);
  else if (item.tries < TRIES) session.set(item, "waiting", detail);
  else giveUp(session, detail, item);
  return item.state !== "waiting";
}

/** The server will not have these words: they can be written anew. */
function refuse(session: Conversation, detail: string, item: Item): void {
  const { failed, edit } = session.view.translate(troubleStrings);
  const run = () => {
    withdraw(session, item);
    session.view.write(item.text);
  };
  session.set(item, "refused", `${failed} ${detail}`, { label: edit, run });
  session.view.warn(item.reason);
}

/** Tried often enough: now the visitor decides. */
function giveUp(session: Conversation, detail: string, item: Item): void {
  const { failed, retry } = session.view.translate(troubleStrings);
  session.set(item, "failed", `${failed} ${detail}`, { label: retry, run: () => session.retry(item) });
  session.view.warn(item.reason);
}

/** Seconds to wait, from a number of seconds or an HTTP date. */
export const readRetryAfter = (value: string | null, now = Date.now()): number =>
  Math.max(0, value ? +value || (Date.parse(value) - now) / 1000 || 0 : 0);

// 409: this id was heard with other words, so these words were not heard yet.
function rename({ storage }: Conversation, item: Item): void {
  storage.set(`message ${item.key}`, "");
  item.key = newId();
  storage.set(`message ${item.key}`, JSON.stringify({ id: item.key, text: item.text, at: item.at }));
}

/** Takes a message that was refused out of the conversation, to be written anew. */
export function withdraw({ storage, transcript, view }: Conversation, item: Item): void {
  storage.set(`message ${item.key}`, "");
  transcript.present = transcript.present.filter((entry) => entry !== item);
  view.draw([]);
}

/** Says that the conversation has ended, and offers a new one. */
export function tellEnd(scene: Scene, reference: string): void {
  const { newChat, expired, erased } = scene.translate(troubleStrings);
  scene.tell(reference ? fill(erased, { reference }) : expired, { label: newChat, run: () => void renew(scene.session) });
}

/** What was said stays above; what was not heard is sent to a new conversation. */
export async function renew(session: Conversation): Promise<void> {
  const { transcript } = session;
  const said = transcript.lines.filter((entry) => !isOpen(entry));
  session.forget();
  transcript.earlier = said;
  session.show("starting");
  await session.run();
}
