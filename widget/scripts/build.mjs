/** Builds the classic script with its lazily loaded panel, and the module build. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

const minifiedCss = {
  name: "minified-css",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await esbuild.transform(source, { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const common = {
  absWorkingDir: root, bundle: true, minify: true, target: "es2022", charset: "utf8",
  legalComments: "none", plugins: [minifiedCss], write: false,
};

async function bundle(options) {
  const { outputFiles } = await esbuild.build({ ...common, ...options });
  return outputFiles[0].contents;
}

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function build() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(join(dist, "widget"), { recursive: true });
  const panel = await bundle({ entryPoints: ["src/panel.ts"], format: "esm" });
  const panelFile = `widget/pointe-panel.${hash(panel).slice(0, 12)}.js`;
  const loader = await bundle({
    entryPoints: ["src/loader.ts"], format: "iife", define: { PANEL_FILE: JSON.stringify(panelFile) },
  });
  await writeFile(join(dist, panelFile), panel);
  await writeFile(join(dist, "pointe.js"), loader);
  const manifest = {
    loader: { file: "pointe.js", path: "/widget.js", sha256: hash(loader), bytes: loader.length },
    panel: { file: panelFile, path: `/${panelFile}`, sha256: hash(panel), bytes: panel.length },
  };
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await esbuild.build({
    ...common, write: true, entryPoints: { pointe: "src/index.ts" }, format: "esm", splitting: true,
    outdir: join(dist, "module"), outExtension: { ".js": ".mjs" }, chunkNames: "pointe-[name]-[hash]",
  });
}

await build();
