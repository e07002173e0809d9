/** What was said before this page or in another tab: history, messages kept over a reload, live events. */
import { Problem } from "../api";
import { followEvents } from "../past/events";
import { mergeHistory } from "../past/history";
import { readKept } from "../past/kept";
import { clear } from "../past/clearing";
import { readMessage, type Message } from "../past/message";
import type { Conversation } from "../conversation";
import type { Word } from "../tabs";
import { newItem } from "../transcript";

/** Takes up what was not heard before a reload, and what was said in this conversation. */
export async function resume(session: Conversation): Promise<void> {
  for (const item of readKept(session.storage)) if (!session.transcript.find(item.key)) session.keep(item);
  if (session.api.token) await refresh(session);
}

async function refresh(session: Conversation): Promise<void> {
  const { api, transcript } = session;
  const { token } = api;
  const { present } = transcript;
  const messages: Message[] = (await api.call("GET", "messages")).messages.map(readMessage);
  if (api.token !== token) return;
  if (transcript.present !== present) return refresh(session);
  transcript.present = mergeHistory(messages, present, session.view.language);
}

/** Reads the history again, because something was missed, and hears other tabs again where there are some. */
export function catchUp(session: Conversation): void {
  if (!session.alone) follow(session);
  refresh(session).then(() => session.view.draw([]), (error: unknown) => {
    if (error instanceof Problem && error.status === 401 && session.status === "ready") session.show("expired");
  });
}

/** Word from another tab. */
export function hear(session: Conversation, word: Word): void {
  if (word.type === "erased") {
    clear(session);
    session.show("erased", word.reference);
    session.view.draw([]);
  } else if (session.status === "ready") {
    follow(session);
    if (word.type === "changed") catchUp(session);
  }
}

/** Hears what happens elsewhere as it happens, while the chat is open and looked at. */
export function follow(session: Conversation): void {
  if (session.stream && !session.stream.signal.aborted) return;
  session.stream = new AbortController();
  const follower = { heard: (data: string) => hearEvent(session, data), connected: () => catchUp(session) };
  void followEvents(session.api, follower, session.stream.signal);
}

function hearEvent(session: Conversation, data: string): void {
  const messages = readEvent(data);
  // Something that the stream does not tell in full: the history does.
  if (!messages[0] || messages.some((each) => each.from === "visitor" && !each.id)) catchUp(session);
  else for (const message of messages) hearMessage(session, message);
}

function hearMessage(session: Conversation, message: Message): void {
  const { transcript, view } = session;
  if (message.from === "assistant") return view.draw(transcript.addReplies([message.reply], message.at));
  const item = newItem(message.id!, message.text, message.at);
  // Its own echo may come by the event stream before the answer to the call.
  const known = transcript.find(item.key);
  if (known?.from === "visitor") return session.set(known, "sent");
  transcript.present = [...transcript.present, item];
  session.set(item, "sent");
}

/** One message, or a list of them; anything else is none. */
function readEvent(data: string): Message[] {
  try {
    const value = JSON.parse(data) as { from?: string; messages?: unknown[] };
    return (value.messages ?? (value.from ? [value] : [])).map(readMessage);
  } catch {
    return [];
  }
}
