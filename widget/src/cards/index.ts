/** One card for each kind of reply. */
import { h, type Child } from "../dom";
import { loadRare } from "../loading";
import type { Kind, Reply } from "../reply";
import { drawAnswer } from "./answer";
import type { Scene } from "../scene";
import { buttonRow, speech, words, type Card } from "./card";
import { drawOffer } from "./offer";
import { drawUrgent } from "./urgent";

/** Words and quick replies, in a row of this class. */
const plain = (row: string, draw = speech): Card => ({ text, buttons }, scene) => [draw(text), buttonRow(buttons, scene, row)];
const drawSay = plain("buttons once");

/** A card whose code is fetched when it is first needed; its words are complete without it. */
const later = (name: "appointment" | "ask" | "error" | "offer", first = drawSay): Card => (reply, scene) => {
  const box = h("div", {}, ...first(reply, scene));
  loadRare().then((cards) => box.replaceChildren(h("div", {}, ...cards[name](reply, scene))), () => {});
  return [box];
};

/** Where the assistant names no answers to press, they are ours. */
const answerable = (name: "ask" | "offer", card: Card): Card => (reply, scene) =>
  (reply.buttons[0] ? card : later(name, card))(reply, scene);

const CARDS: Record<Kind, Card> = {
  answer: drawAnswer,
  /** Says plainly that the articles are silent, then what can be asked instead. */
  not_covered: plain("buttons"),
  urgent: drawUrgent,
  offer: answerable("offer", drawOffer),
  // What it asks may repeat the visitor's own number and address: these are not for ringing.
  ask: answerable("ask", plain("buttons once", words)),
  appointment: later("appointment"),
  say: drawSay,
  error: later("error"),
};

/** A kind nobody knows is plain speech. */
export const drawCard = (reply: Reply, scene: Scene): Child[] =>
  (Object.hasOwn(CARDS, reply.kind) ? CARDS[reply.kind] : drawSay)(reply, scene);
