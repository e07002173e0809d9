/** A clinic's own words: from an address, or from inline JSON on the page by its id. */

export type Translate = <T extends object>(own: T) => T;

/** Puts the clinic's words over any table of ours; where they cannot be read, ours stand. */
export async function readWords(source: string): Promise<Translate> {
  const words = await read(source).catch(() => ({}));
  return (own) => replaceStrings(own, words);
}

async function read(source: string): Promise<unknown> {
  const inline = document.getElementById(source.replace(/^#/, ""));
  if (inline) return JSON.parse(inline.textContent ?? "");
  return (await fetch(new URL(source, location.href), { credentials: "omit" })).json();
}

/** Nested tables are merged; what is not text, or unknown, is passed over. */
export function replaceStrings<T extends object>(own: T, words: unknown): T {
  const merged = { ...own } as Record<string, unknown>;
  for (const [name, value] of Object.entries((words ?? {}) as object)) {
    const mine = merged[name];
    if (typeof mine === "string" && typeof value === "string") merged[name] = value;
    else if (typeof mine === "object" && typeof value === "object") merged[name] = { ...mine, ...value };
  }
  return merged as T;
}
