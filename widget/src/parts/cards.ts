/** Cards of the rarer replies: what became of a request, and failures. */
import { buttonRow, link, words, type Card } from "../cards/card";
import { adopt, h } from "../dom";
import { cardStrings } from "../strings";
import css from "../styles/rare.css";

const dressed = new WeakSet<ShadowRoot>();

/** Once for each chat: the looks of these cards. */
export function dress(root: Node): void {
  if (!(root instanceof ShadowRoot) || dressed.has(root)) return;
  dressed.add(root);
  adopt(root, css);
}

/** What became of the request, with the reference to quote and the calendar file where there is one. */
export const appointment: Card = ({ text, appointment, calendar, buttons }, scene) => {
  const strings = scene.translate(cardStrings);
  const gone = appointment?.status === "cancelled";
  return [
    h("h3", {}, gone ? strings.cancelled : strings.requested),
    !!appointment && h("p", { class: "reference" }, `${strings.reference} `, h("strong", {}, appointment.reference)),
    words(text),
    !!calendar && !gone && link(calendar, strings.calendar, scene, "button"),
    buttonRow(buttons, scene),
  ];
};

/** A failure on the clinic's side; the same words can be asked again. */
export const error: Card = ({ text, buttons }, scene) => [
  h("h3", {}, scene.translate(cardStrings).wrong),
  words(text),
  h("div", { class: "buttons once" }, h("button", { type: "button", class: "button", onclick: () => scene.again() }, scene.strings.retry)),
  buttonRow(buttons, scene),
];
