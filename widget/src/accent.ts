/** The clinic's colour, made readable; set through the CSSOM (no inline style, so any policy allows it). */
import { makeFill, readableOn, readColour, writeColour, type Colour } from "./colour";

const ACCENT: Colour = [15, 92, 92];
const LIGHT_PAPER: Colour = [244, 242, 236];
const DARK_PAPER: Colour = [37, 46, 48];
const COMFORTABLE = 5.5;

/** Any CSS colour as the browser reads it; one it does not know is passed over. */
function resolveColour(frame: HTMLElement, text: string): Colour {
  const { style } = frame;
  style.color = text;
  const colour = style.color && readColour(getComputedStyle(frame).color);
  style.color = "";
  return colour || ACCENT;
}

/** Paints buttons in the wished colour, and words on either paper in its ink. */
export function paintAccent(host: HTMLElement, frame: HTMLElement, accent: string | null): void {
  const wished = resolveColour(frame, accent ?? getComputedStyle(host).getPropertyValue("--pointe-accent"));
  const [fill, onFill] = makeFill(wished);
  const colours = { fill, "on-fill": onFill, light: readableOn(LIGHT_PAPER, wished, COMFORTABLE), dark: readableOn(DARK_PAPER, wished, COMFORTABLE) };
  for (const [name, colour] of Object.entries(colours)) frame.style.setProperty(`--${name}`, writeColour(colour));
}
