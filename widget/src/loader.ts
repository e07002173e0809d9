/** Entry of `/widget.js`, a classic script: defines the element and puts one on the page. */
import { define } from "./define";

const script = document.currentScript as HTMLScriptElement;

/** A browser may remember that an address did not load: another one is asked for then. */
let mark = "";

// Against the script's own address, so that neither the page's <base> nor its origin matters.
define(script.src, () => import(new URL(PANEL_FILE + mark, script.src).href).catch((error) => {
  mark += "?";
  throw error;
}));

/** A page that placed an element by hand needs no other. */
function place(): void {
  if (document.querySelector("pointe-chat")) return;
  const element = document.createElement("pointe-chat");
  for (const { name, value } of script.attributes) if (name.startsWith("data-")) element.setAttribute(name, value);
  // Beside the body: what the page does to that (transform, filter, zoom) would take the chat with it.
  document.documentElement.append(element);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
else place();
