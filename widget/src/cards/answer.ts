/** The article's own words, set apart as a quotation, with the place they come from. */
import { h, type Child } from "../dom";
import { splitAnswer } from "../reply";
import { buttonRow, sourceLine, words, type Card, type Scene } from "./card";
import { drawTools } from "./tools";

const LONG = 560;

export const drawAnswer: Card = (reply, scene) => {
  const { lead, quote } = splitAnswer(reply.text);
  const cite = reply.sources[0]?.url;
  const block = h("blockquote", { part: "quote", id: `quote-${reply.id}`, ...(cite && { cite }) }, words(quote));
  return [
    !!lead && words(lead, "lead"),
    ...fold(block, quote, scene),
    ...reply.sources.map((source) => sourceLine(source, scene)),
    buttonRow(reply.buttons, scene),
    drawTools(reply, scene),
  ];
};

/** A long quotation shows its beginning; a screen reader has all of it either way. */
function fold(block: HTMLElement, text: string, { strings }: Scene): Child[] {
  if (text.length < LONG) return [block];
  block.classList.add("folded");
  const button = h("button", {
    type: "button", class: "link", "aria-expanded": "false", "aria-controls": block.id,
    onclick: () => {
      const folded = block.classList.toggle("folded");
      button.textContent = folded ? strings.more : strings.less;
      button.setAttribute("aria-expanded", String(!folded));
    },
  }, strings.more);
  return [block, button];
}
