/** The clinic's colour on the launcher, set through the CSSOM (no inline style, so any policy allows it). */
import { makeFill, readColour, writeColour, type Colour } from "./colour";

export const ACCENT: Colour = [15, 92, 92];

/** Any CSS colour as the browser reads it; one it does not know is passed over. */
function resolveColour(frame: HTMLElement, text: string): Colour {
  const { style } = frame;
  style.color = text;
  const colour = style.color && readColour(getComputedStyle(frame).color);
  style.color = "";
  return colour || ACCENT;
}

/** Paints buttons in the wished colour, made readable, and hands the wish back. */
export function paintAccent(host: HTMLElement, frame: HTMLElement, accent: string | null): Colour {
  const wished = resolveColour(frame, accent ?? getComputedStyle(host).getPropertyValue("--pointe-accent"));
  const [fill, onFill] = makeFill(wished);
  frame.style.setProperty("--fill", writeColour(fill));
  frame.style.setProperty("--on-fill", writeColour(onFill));
  return wished;
}
