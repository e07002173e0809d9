/** Telephone numbers within a sentence become links. */
import { h, type Child } from "./dom";

// Emergency numbers, and telephone numbers written the British or the international way.
const NUMBERS = /(\b(?:999|111|112)\b|(?:\b0|\+\d)[\d ]{7,}\d)/;

export const withLinks = (text: string): Child[] =>
  text.split(NUMBERS).map((part, index) => (index % 2 ? h("a", { href: `tel:${part.replace(/ /g, "")}` }, part) : part));
