/** The built widget and the example pages, with the headers a real server would send. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";

const root = new URL("../", import.meta.url);
const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".html": "text/html; charset=utf-8", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml", ".ics": "text/calendar" };

function place(path) {
  if (path === "/widget.js") return "dist/pointe.js";
  if (path === "/axe.js") return "node_modules/axe-core/axe.min.js";
  if (path.startsWith("/widget/") || path.startsWith("/module/")) return `dist${path}`;
  return `.${path === "/" ? "/examples/index.html" : path}`;
}

function policyFor(url, nonce) {
  const rest = "style-src 'self'; connect-src 'self'; img-src 'self'; object-src 'none'; base-uri 'self'; default-src 'none'; frame-src 'self'";
  if (url.searchParams.get("csp") === "origin") return `script-src 'self'; require-trusted-types-for 'script'; ${rest}`;
  if (url.pathname.endsWith("strict-csp.html")) return `script-src 'nonce-${nonce}' 'strict-dynamic'; ${rest}`;
  return "";
}

export async function serveFile(url, response, nonce) {
  const text = await readFile(new URL(place(url.pathname), root)).catch(() => undefined);
  if (!text || url.pathname.includes("..")) {
    response.writeHead(404).end();
    return;
  }
  const type = extname(url.pathname);
  const headers = { "Content-Type": TYPES[type] ?? "application/octet-stream", "Cache-Control": "no-cache" };
  if (url.pathname.startsWith("/widget/")) headers["Cache-Control"] = "public, max-age=31536000, immutable";
  const policy = policyFor(url, nonce);
  if (policy) headers["Content-Security-Policy"] = policy;
  response.writeHead(200, headers).end(type === ".html" ? text.toString().replaceAll("{nonce}", nonce) : text);
}
