/** Builds the classic script, the panel it loads on opening, the panel's parts, and the module build. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { minify } from "terser";
import { borrowFrom, lendingEntry } from "./lend.mjs";
import { INNER, SET_BY_CODE, SHORT_EXPORTS } from "./names.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

const styles = join(root, "src/styles");
const sheets = await Promise.all((await readdir(styles)).sort().map((name) => readFile(join(styles, name), "utf8")));
const ownProperties = [...new Set(sheets.join().match(/--(?!pointe-)[a-z-]+/g))].filter((name) => !SET_BY_CODE.includes(name));

/** Custom properties are ours, and shortened, but for the clinic's and those that code sets. */
const shortenProperties = (css) => css.replace(/--[a-z-]+/g, (name) => {
  const place = ownProperties.indexOf(name);
  return place < 0 ? name : `--${place.toString(36)}`;
});

const minifiedCss = {
  name: "minified-css",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await esbuild.transform(shortenProperties(source), { loader: "css", minify: true });
      return { contents: code.trim().replace(/(--[\w-]+[:,]) /g, "$1"), loader: "text" };
    });
  },
};

const common = {
  absWorkingDir: root, bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none",
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
};
// One name for one property in every file, because objects pass from file to file.
let mangleCache = SHORT_EXPORTS;

async function bundle(options, plugins = []) {
  const result = await esbuild.build({
    ...common, metafile: !!process.env.METAFILE, format: "esm", mangleProps: INNER, mangleCache, write: false, plugins: [...plugins, minifiedCss], ...options,
  });
  mangleCache = result.mangleCache;
  if (result.metafile) console.log(await esbuild.analyzeMetafile(result.metafile));
  return tighten(result.outputFiles[0].text, (options.format ?? "esm") === "esm");
}

/** A second, slower look at the whole file: some 300 bytes of a visit. */
async function tighten(text, module) {
  const { code } = await minify(text, { module, ecma: 2022, compress: { passes: 3, unsafe: true, unsafe_arrows: true, pure_getters: true } });
  const shorten = (whole, name) => `as ${SHORT_EXPORTS[name] ?? name}`;
  return Buffer.from(code.replace(/export\{[^}]*\};?\s*$/, (list) => list.replace(/\bas (\w+)/g, shorten)));
}

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function write(name, bytes, file = `widget/pointe-${name}.${hash(bytes).slice(0, 8)}.js`) {
  await writeFile(join(dist, file), bytes);
  const path = name === "loader" ? "/widget.js" : `/${file}`;
  return { name, file, path, sha256: hash(bytes), bytes: bytes.length };
}

/**
 * Each part is a file of its own, imported by the name that holds the parts' hash, next to the panel's. A browser may
 * remember that an address did not load: another one is asked for then.
 */
const loadPart = (version) => `
const marks = {};
const from = (path) => import(path);
const part = (name) => from("./pointe-" + name + ".${version}.js" + (marks[name] ??= "")).catch((error) => {
  marks[name] += "?";
  throw error;
});`;

const linkTo = (version) => ({
  name: "link-parts",
  setup(build) {
    build.onLoad({ filter: /\/src\/loading\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: loadPart(version) + source.replace(/import\("\.\/parts\/([a-z-]+)"\)/g, 'part("$1")'), loader: "ts" };
    });
  },
});

async function buildParts() {
  const found = (await readdir(join(root, "src/parts"))).filter((name) => /^[a-z-]+\.ts$/.test(name)).sort();
  const built = [];
  for (const file of found) built.push(await bundle({ entryPoints: [`src/parts/${file}`] }, [borrowFrom(root, "loader", "panel")]));
  // One hash for all of them: the panel names each, and a name that differs by a word weighs next to nothing.
  const version = hash(Buffer.concat(built)).slice(0, 8);
  const parts = await Promise.all(found.map((file, index) => {
    const name = file.replace(".ts", "");
    return write(name, built[index], `widget/pointe-${name}.${version}.js`);
  }));
  return { parts, version };
}

/** The sentence that a server puts its clinic's own in place of. */
async function helpIn({ file }) {
  const [, help] = /export const HELP =\s*"([^"]+)"/.exec(await readFile(join(root, "src/strings.ts"), "utf8"));
  if (!(await readFile(join(dist, file), "utf8")).includes(help)) throw new Error(`${file} does not hold: ${help}`);
  return help;
}

async function build() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(join(dist, "widget"), { recursive: true });
  const { parts, version } = await buildParts();
  const panelEntry = { stdin: lendingEntry("panel", 'export * from "./src/panel";') };
  const panel = await write("panel", await bundle(panelEntry, [linkTo(version), borrowFrom(root, "loader")]));
  const loader = await write("loader", await bundle({
    stdin: lendingEntry("loader", 'import "./src/loader";'), format: "iife", define: { PANEL_FILE: JSON.stringify(panel.file) },
  }), "pointe.js");
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify({ loader, panel, parts, help: await helpIn(loader) }, null, 2)}\n`);
  await esbuild.build({
    ...common, plugins: [minifiedCss], entryPoints: { pointe: "src/index.ts" }, format: "esm", splitting: true,
    outdir: join(dist, "module"), outExtension: { ".js": ".mjs" }, chunkNames: "pointe-[name]-[hash]",
  });
}

await build();
