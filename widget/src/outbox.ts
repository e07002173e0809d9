/** Messages on their way: queued, kept in the browser, and shown with their state. */
import { newId } from "./identifier";
import { Queue, type Item, type Wire } from "./queue";
import type { Storage } from "./storage";
import type { Transcript } from "./transcript";

export interface Post {
  /** Delivers one message; fails with a `Problem`. */
  deliver(item: Item): Promise<void>;
  expired(): void;
  redraw(): void;
}

export class Outbox implements Wire {
  readonly queue = new Queue(this);
  readonly newId = newId;

  constructor(
    private readonly storage: Storage,
    private readonly transcript: Transcript,
    private readonly post: Post,
  ) {}

  /** Takes up what was not heard before a reload. */
  restore(): void {
    for (const { id, text, at } of this.storage.kept()) this.#add(id, text, at);
  }

  add(text: string): string {
    const id = newId();
    this.#add(id, text, new Date().toISOString());
    this.post.redraw();
    return id;
  }

  /** Takes a message that was refused out of the conversation, to be written anew. */
  withdraw(id: string): void {
    this.queue.remove(id);
    this.storage.drop(id);
    this.transcript.remove(id);
    this.post.redraw();
  }

  send(item: Item): Promise<void> {
    return this.post.deliver(item);
  }

  changed(item: Item, heard: boolean): void {
    if (heard) this.storage.drop(item.id);
    else this.storage.keep({ id: item.id, text: item.text, at: item.at });
    this.transcript.update(item, heard);
    this.post.redraw();
  }

  renamed(before: string, now: string): void {
    this.storage.drop(before);
    this.transcript.rename(before, now);
  }

  expired(): void {
    this.post.expired();
  }

  #add(id: string, text: string, at: string): void {
    this.storage.keep({ id, text, at });
    this.transcript.addVisitor(id, text, at, "waiting");
    this.queue.add(id, text, at);
  }
}
