/** Prints what a page loads before the chat is opened and after, raw and gzipped, and holds the limits. */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const LIMITS = { before: 3000, all: 19500 };

const manifest = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));
const sizes = [];
for (const { file } of [manifest.loader, manifest.panel]) {
  const bytes = await readFile(new URL(file, dist));
  sizes.push({ file, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length });
}
const [before, panel] = sizes;
const all = { file: "in all", raw: before.raw + panel.raw, gzip: before.gzip + panel.gzip };
for (const { file, raw, gzip } of [before, panel, all]) {
  console.log(`${file.padEnd(42)} ${String(raw).padStart(7)} raw ${String(gzip).padStart(7)} gzip`);
}
if (before.gzip > LIMITS.before || all.gzip > LIMITS.all) {
  console.error(`over the limit of ${LIMITS.before} bytes before opening or ${LIMITS.all} in all`);
  process.exitCode = 1;
}
