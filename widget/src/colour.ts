/** Colours that stay readable: any accent is moved until it reads at 4.5:1 (WCAG 2.2, 1.4.3). */

export type Colour = readonly [red: number, green: number, blue: number];

export const WHITE: Colour = [255, 255, 255];
export const BLACK: Colour = [0, 0, 0];
const ENOUGH = 4.6;

/** `rgb(…)` as `getComputedStyle` writes it. */
export function readColour(text: string): Colour | undefined {
  const parts = /^rgba?\((\d+),? (\d+),? (\d+)/.exec(text);
  return parts ? [+parts[1]!, +parts[2]!, +parts[3]!] : undefined;
}

export const writeColour = (colour: Colour): string => `rgb(${colour.map(Math.round).join(" ")})`;

// Relative luminance and contrast ratio: WCAG 2.2 definitions.
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
}

export function contrast(one: Colour, other: Colour): number {
  const ratio = luminance(one) / luminance(other);
  return Math.max(ratio, 1 / ratio);
}

const mix = (from: Colour, to: Colour, share: number): Colour =>
  from.map((part, index) => part + (to[index]! - part) * share) as unknown as Colour;

/** The colour, moved toward black or white only as far as it must to read on the paper. */
export function readableOn(paper: Colour, colour: Colour, ratio = ENOUGH): Colour {
  const toward = contrast(paper, BLACK) > contrast(paper, WHITE) ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.05) {
    const moved = mix(colour, toward, share);
    if (contrast(paper, moved) >= ratio) return moved;
  }
  return toward;
}

/** A colour for buttons, and black or white for the words on it. */
export function makeFill(accent: Colour): [fill: Colour, onFill: Colour] {
  const onFill = contrast(accent, WHITE) >= contrast(accent, BLACK) - 6 ? WHITE : BLACK;
  return [readableOn(onFill, accent), onFill];
}
