/** What the assistant says, as the visitor contract draws it. Knows nothing of the page. */

export const KINDS = [
  "answer", "not_covered", "urgent", "offer", "ask", "appointment", "say", "error",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Source {
  article?: string;
  title: string;
  section?: string;
  aspect?: string;
  url?: string;
  updated?: string;
  author?: string;
}
export interface Button { label: string; say?: string; href?: string }
export interface Contact { label: string; href: string }
export interface Price { amount: string; currency: string }
export interface Appointment {
  reference: string;
  status: "requested" | "changed" | "cancelled";
  /** "callback" for a call in place of an appointment. */
  service?: string;
  name?: string;
  email?: string;
  phone?: string;
  notes?: string;
}
export interface Reply {
  id: string;
  kind: Kind;
  text: string;
  sources: Source[];
  buttons: Button[];
  contacts: Contact[];
  destination?: string;
  /** Where to go, in the words the advice begins with. */
  place?: string;
  flag?: string;
  /** The same advice as before, because the visitor came back to it. */
  again?: boolean;
  service?: string;
  price?: Price;
  slot?: string;
  appointment?: Appointment;
  calendar?: string;
  /** The conversation ended at the visitor's wish; its token is worth nothing any more. */
  erased?: { reference: string; keep: boolean };
}

/** A reply that is safe to draw: what is missing is empty. A kind nobody knows is drawn as plain speech. */
export const readReply = (value: unknown): Reply =>
  ({ id: "", kind: "say", text: "", sources: [], buttons: [], contacts: [], ...(value as Partial<Reply>) });

/** Two passages of one section are one place: the first's line stands for both. */
export const placesOf = (sources: Source[]): Source[] =>
  sources.filter(({ title, section }, index) => index === sources.findIndex((other) => other.title === title && other.section === section));

/** Urgent advice in two: where to go, in its own words or by the table, and the rest. */
export function splitAdvice({ text, place = "", destination = "" }: Reply, table: Record<string, string>): [place: string, rest: string] {
  const heading = place || `${table[destination] ?? destination}.`;
  return [heading.replace(/\.$/, ""), text.startsWith(heading) ? text.slice(heading.length).trim() : text];
}

/** The claim-free lead-in of an answer and the article's own words after it. */
export function splitAnswer(text: string): { lead: string; quote: string } {
  const match = /^([^\n]*?:(?=[ \t]*\n)|From [^:\n]+:)\s+([^]+)$/.exec(text);
  return match ? { lead: match[1]!, quote: match[2]!.trim() } : { lead: "", quote: text };
}
