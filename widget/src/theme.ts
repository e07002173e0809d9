/** The clinic's colours, dark or light, set through the CSSOM (no inline style, so any policy allows it). */
import { makePalette, readColour, writeColour, type Colour } from "./colour";

const LIGHT_PAPER: Colour = [244, 242, 236];
const DARK_PAPER: Colour = [37, 46, 48];
const ACCENT: Colour = [15, 92, 92];

/** Any CSS colour as the browser reads it; one it does not know is passed over. */
function resolveColour(frame: HTMLElement, text: string): Colour {
  frame.style.color = "";
  frame.style.color = text;
  const colour = frame.style.color && readColour(getComputedStyle(frame).color);
  frame.style.color = "";
  return colour || ACCENT;
}

export function paint(host: HTMLElement, frame: HTMLElement, accent: string | null, theme: string | null): void {
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  frame.classList.toggle("dark", dark);
  const wished = accent || getComputedStyle(host).getPropertyValue("--pointe-accent").trim();
  const colour = wished ? resolveColour(frame, wished) : ACCENT;
  const { fill, onFill, ink } = makePalette(colour, dark ? DARK_PAPER : LIGHT_PAPER);
  frame.style.setProperty("--fill", writeColour(fill));
  frame.style.setProperty("--on-fill", writeColour(onFill));
  frame.style.setProperty("--accent-ink", writeColour(ink));
}

/** Paints again when the visitor's system turns dark or light. */
export function followScheme(repaint: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", repaint);
  return () => query.removeEventListener("change", repaint);
}
