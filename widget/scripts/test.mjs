/** Bundles the tests beside the sources and runs them with Node's own test runner. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const found = await readdir(join(root, "src"), { recursive: true });
const tests = found.filter((name) => name.endsWith(".test.ts")).map((name) => join("src", name));
// Inside the package, so that the bundles find node_modules.
const out = await mkdtemp(join(root, "node_modules", ".tests-"));
try {
  await esbuild.build({
    absWorkingDir: root, entryPoints: tests, bundle: true, platform: "node", format: "esm", outdir: out,
    outExtension: { ".js": ".mjs" }, packages: "external", loader: { ".css": "text" }, sourcemap: "inline",
  });
  const files = (await readdir(out, { recursive: true })).filter((name) => name.endsWith(".mjs")).map((name) => join(out, name));
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit", cwd: root });
  process.exitCode = status ?? 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
