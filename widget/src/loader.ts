/** Entry of `/widget.js`, a classic script: defines the element and puts one on the page. */
import { define } from "./define";

const script = document.currentScript as HTMLScriptElement | null;
// The script's own address, so that neither the page's <base> nor its origin matters.
const base = new URL(".", script?.src || location.href).href;

define(base, () => import(new URL(PANEL_FILE, base).href));

function place(): void {
  if (document.querySelector("pointe-chat")) return;
  const element = document.createElement("pointe-chat");
  for (const { name, value } of script!.attributes) if (name.startsWith("data-")) element.setAttribute(name, value);
  document.body.append(element);
}

if (script && script.dataset.place !== "none") {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
}
