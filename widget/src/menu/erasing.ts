/** Erasing what was said, on the server and here, after asking. */
import { problemOf } from "../api";
import type { Scene } from "../scene";
import type { menuStrings } from "../strings";
import { fill } from "../text";
import type { Entry } from "../transcript";
import { clear } from "../past/clearing";
import { ask } from "./dialog";

type Words = typeof menuStrings;

export async function erase(scene: Scene, words: Words): Promise<void> {
  const { host, session } = scene;
  const reference = pendingRequests(session.transcript.lines).join(", ");
  const choices = reference
    ? [
        { label: fill(words.eraseKeep, { reference }), value: "keep" },
        { label: words.eraseCancel, value: "cancel", danger: true },
      ]
    : [{ label: words.erase, value: "cancel", danger: true }];
  const choice = await ask(host.frame, words.eraseAsk, choices, words.back);
  if (!choice) return;
  try {
    host.emit("erase", { reference: await eraseAll(scene, choice as "cancel" | "keep") });
  } catch (error) {
    scene.tell(words.notErased);
    scene.failed(problemOf(error));
  }
}

/** The reference of the erasure; nothing of the conversation is left here or in other tabs. */
export async function eraseAll({ session }: Pick<Scene, "session">, appointment: "cancel" | "keep"): Promise<string> {
  const reference = String((await session.api.call("DELETE", `conversations?appointment=${appointment}`)).reference);
  session.tabs.tell({ type: "erased", reference });
  clear(session);
  session.show("erased", reference);
  session.view.draw([]);
  return reference;
}

/** The references of requests that were made and not withdrawn: an appointment, a call. */
export function pendingRequests(entries: Entry[]): string[] {
  const made = entries.flatMap((entry) => (entry.from === "assistant" && entry.reply.appointment) || []);
  const latest = new Map(made.map(({ reference, status }) => [reference, status]));
  return [...latest].filter(([, status]) => status !== "cancelled").map(([reference]) => reference);
}
