/** One card for each kind of reply. */
import { h } from "../dom";
import type { Kind } from "../reply";
import { drawAnswer } from "./answer";
import { buttonRow, words, type Card } from "./card";
import { drawOffer } from "./offer";
import { drawUrgent } from "./urgent";

/** Words and quick replies, in a row of this class. */
const plain = (row: string): Card => ({ text, buttons }, scene) => [words(text), buttonRow(buttons, scene, row)];
const drawSay = plain("buttons once");

/** A step of the form. The composer takes the shape of the answer; a confirmation needs only a press. */
const drawAsk: Card = (reply, scene) => {
  const own = reply.slot === "confirm" && !reply.buttons[0] ? [scene.strings.yes, scene.strings.no] : [];
  return drawSay({ ...reply, buttons: [...reply.buttons, ...own.map((label) => ({ label, say: label }))] }, scene);
};

/** A card whose code is fetched when it is first needed; its words are complete without it. */
const later = (name: "appointment" | "error"): Card => (reply, scene) => {
  const box = h("div", {}, ...drawSay(reply, scene));
  import("../parts/cards").then((cards) => {
    cards.dress(box.getRootNode());
    box.replaceChildren(h("div", {}, ...cards[name](reply, scene)));
  }, () => {});
  return [box];
};

export const CARDS: Record<Kind, Card> = {
  answer: drawAnswer,
  /** Says plainly that the articles are silent, then what can be asked instead. */
  not_covered: plain("buttons stacked"),
  urgent: drawUrgent,
  offer: drawOffer,
  ask: drawAsk,
  appointment: later("appointment"),
  say: drawSay,
  error: later("error"),
};
