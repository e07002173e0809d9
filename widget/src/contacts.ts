/** Telephone numbers and addresses within a sentence become links, and a reference is never broken over two lines. */
import { h, type Child } from "./dom";

// Emergency numbers, telephone numbers written the British or the international way, mail addresses, references.
const FOUND = /(\b(?:999|111|112)\b|(?:\b0|\+\d)[\d ]{7,}\d|[\w.+-]+@[\w.-]+\w|\b[A-Z]-[A-Z\d]{4}-[A-Z\d]{2}\b)/;

export const withLinks = (text: string): Child[] =>
  text.split(FOUND).map((part, index) =>
    index % 2 ? (part[1] === "-" ? h("span", { class: "whole" }, part) : h("a", { href: part.includes("@") ? `mailto:${part}` : `tel:${part.replace(/ /g, "")}` }, part)) : part);
