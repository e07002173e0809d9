/** The article's own words, set apart as a quotation, with the place they come from. */
import { h } from "../dom";
import { loadRare } from "../loading";
import { placesOf, splitAnswer } from "../reply";
import { buttonRow, sourceLine, words, type Card } from "./card";
import { drawTools } from "./tools";

/** More than the assistant quotes unasked: about one and a half times its longest answer. */
const LONG = 560;

export const drawAnswer: Card = (reply, scene) => {
  const { lead, quote } = splitAnswer(reply.text);
  const block = h("blockquote", { part: "quote" }, words(quote));
  // Unfolded it is complete.
  if (quote.length > LONG) loadRare().then(({ fold }) => fold(block, scene), () => {});
  return [
    !!lead && words(lead, "lead"),
    block,
    ...placesOf(reply.sources).map((source) => sourceLine(source, scene)),
    buttonRow(reply.buttons, scene),
    drawTools(reply, scene),
  ];
};
