/** One line of the history or of the stream of events. */
import { readReply, type Reply } from "../reply";

export type Message =
  | { from: "visitor"; at: string; id?: string; text: string }
  | { from: "assistant"; at: string; reply: Reply };

type Fields = Record<string, unknown>;

/** One line of the history; both `{…reply}` and `{reply: {…}}` are understood. */
export function readMessage(value: unknown): Message {
  const fields = value as Fields;
  const at = String(fields.at ?? "");
  if (fields.from === "visitor") {
    const id = fields.id ? { id: String(fields.id) } : {};
    return { from: "visitor", at, text: String(fields.text ?? ""), ...id };
  }
  return { from: "assistant", at, reply: readReply(fields.reply ?? value) };
}
