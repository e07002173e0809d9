/** Conversations in memory, as the contract promises them: one hearing per message id. */
import { randomUUID } from "node:crypto";
import { GREETING, replyTo } from "./replies.mjs";

const now = () => new Date().toISOString();
const withId = (reply) => ({ id: randomUUID(), ...reply });

class Chat {
  messages = [];
  #heard = new Map();
  #listeners = new Set();

  /** The replies to a message, the same ones for the same id; undefined for the same id with other words. */
  hear(id, text) {
    const before = this.#heard.get(id);
    if (before) return before.text === text ? before.replies : undefined;
    const replies = replyTo(this, text).map(withId);
    this.#heard.set(id, { text, replies });
    this.add({ from: "visitor", at: now(), id, text });
    for (const reply of replies) this.add({ from: "assistant", at: now(), ...reply });
    return replies;
  }

  add(message) {
    this.messages.push(message);
    for (const tell of this.#listeners) tell(message);
  }

  listen(tell) {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }
}

export class Conversations {
  #byToken = new Map();

  start({ page }) {
    const chat = new Chat();
    chat.page = page;
    const token = randomUUID();
    this.#byToken.set(token, chat);
    const replies = GREETING.map(withId);
    for (const reply of replies) chat.add({ from: "assistant", at: now(), ...reply });
    return { token, replies };
  }

  find(authorization = "") {
    return this.#byToken.get(authorization.replace("Bearer ", ""));
  }

  erase(chat) {
    for (const [token, each] of this.#byToken) if (each === chat) this.#byToken.delete(token);
    return "ER-2F9M";
  }

  expireAll() {
    this.#byToken.clear();
  }

  allMessages() {
    return [...this.#byToken.values()].flatMap((chat) => chat.messages);
  }
}
