/** Prints what a visit loads and what it fetches only on demand, raw and gzipped, and holds the limits. */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const LIMITS = { before: 3400, all: 13000 };

const { loader, panel, parts } = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));

async function measure({ file }) {
  const bytes = await readFile(new URL(file, dist));
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}

const print = (name, { raw, gzip }) => console.log(`${name.padEnd(42)} ${String(raw).padStart(7)} raw ${String(gzip).padStart(7)} gzip`);

const before = await measure(loader);
const opened = await measure(panel);
const all = { raw: before.raw + opened.raw, gzip: before.gzip + opened.gzip };
print(`${loader.file} (every page)`, before);
print(panel.file, opened);
print("an ordinary visit: open, ask, read", all);
console.log("\non demand:");
for (const part of parts) print(part.file, await measure(part));
if (before.gzip > LIMITS.before || all.gzip > LIMITS.all) {
  console.error(`over the limit of ${LIMITS.before} bytes before opening or ${LIMITS.all} in all`);
  process.exitCode = 1;
}
