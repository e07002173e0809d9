/** Where a clinic's own words come from: an address, or the id of inline JSON on the page. */
import type { Host } from "./options";
import { replaceStrings, strings, type Strings } from "./strings";

export async function loadStrings({ base, option }: Host): Promise<Strings> {
  const source = option("strings");
  const own = await readSource(source, base).catch(() => ({}));
  const title = option("title");
  return replaceStrings(replaceStrings(strings, own), title ? { title } : {});
}

async function readSource(source: string | null, base: string): Promise<unknown> {
  if (!source) return {};
  const inline = document.getElementById(source.replace(/^#/, ""));
  if (inline) return JSON.parse(inline.textContent ?? "");
  return (await fetch(new URL(source, base), { credentials: "omit" })).json();
}
