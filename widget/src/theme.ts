/** Dark or light, and the accent as ink that reads on either paper. */
import { readableOn, writeColour, type Colour } from "./colour";

const LIGHT_PAPER: Colour = [244, 242, 236];
const DARK_PAPER: Colour = [37, 46, 48];
const COMFORTABLE = 5.5;

const scheme = matchMedia("(prefers-color-scheme: dark)");

export function paintTheme(frame: HTMLElement, accent: Colour, theme: string | null): void {
  const dark = theme === "dark" || (theme !== "light" && scheme.matches);
  frame.classList.toggle("dark", dark);
  const ink = readableOn(dark ? DARK_PAPER : LIGHT_PAPER, accent, COMFORTABLE);
  frame.style.setProperty("--accent-ink", writeColour(ink));
}

/** Paints again when the visitor's system turns dark or light. */
export function followScheme(repaint: () => void): void {
  scheme.addEventListener("change", repaint);
}
