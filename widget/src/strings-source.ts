/** Where a clinic's own words come from: an address, or the id of inline JSON on the page. */
import type { Host } from "./options";
import { replaceStrings, strings, type Strings } from "./strings";

export async function loadStrings({ option }: Host): Promise<Strings> {
  const source = option("strings");
  const own = await readSource(source).catch(() => ({}));
  const title = option("title");
  return replaceStrings(replaceStrings(strings, own), title ? { title } : {});
}

async function readSource(source: string | null): Promise<unknown> {
  if (!source) return {};
  const inline = document.getElementById(source.replace(/^#/, ""));
  if (inline) return JSON.parse(inline.textContent ?? "");
  return (await fetch(new URL(source, location.href), { credentials: "omit" })).json();
}
