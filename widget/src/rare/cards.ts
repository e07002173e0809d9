/** Cards of the rarer replies. */
import { buttonRow, link, speech, words, type Card } from "../cards/card";
import { drawOffer } from "../cards/offer";
import { adopt, h } from "../dom";
import { wordButton } from "../press";
import type { Scene } from "../scene";
import { rareStrings } from "../strings";
import css from "../styles/rare.css";
import type { Item } from "../transcript";

/** The looks of what this part draws. */
export const dress = ({ host }: Pick<Scene, "host">): void => adopt(host.root, css);

/** A card in these looks. */
const dressed = (draw: Card): Card => (reply, scene) => {
  dress(scene);
  return draw(reply, scene);
};

/** A step of the form. The composer takes the shape of the answer; a confirmation needs only a press. */
export const ask: Card = ({ text, slot }, scene) => {
  const { yes, no } = scene.strings;
  return [words(text), slot === "confirm" && buttonRow([{ label: yes }, { label: no }], scene, "buttons once")];
};

/** An offer that came without answers; refusing is as easy as accepting. */
export const offer: Card = (reply, scene) => {
  const { book, bookSay, decline } = scene.translate(rareStrings);
  return drawOffer({ ...reply, buttons: [{ label: book, say: bookSay }, { label: decline }] }, scene);
};

/** What became of the request, with the reference to quote and the calendar file where there is one. */
export const appointment = dressed(({ text, appointment, calendar, buttons }, scene) => {
  const strings = scene.translate(rareStrings);
  const { status = "requested", service } = appointment ?? {};
  const gone = status === "cancelled";
  return [
    h("h3", {}, status === "requested" && service === "callback" ? strings.callback : strings[status]),
    !!appointment && h("p", { class: "reference" }, `${strings.reference} `, h("strong", {}, appointment.reference)),
    keepWhole(speech(text), appointment?.reference ?? ""),
    !!calendar && !gone && link(calendar, strings.calendar, scene, "button"),
    buttonRow(buttons, scene),
  ];
});

/** A reference that is said among other words is not broken over two lines. */
function keepWhole(paragraph: HTMLElement, reference: string): HTMLElement {
  for (const node of [...paragraph.childNodes]) {
    const [before, after] = (node.nodeType === Node.TEXT_NODE && reference && node.textContent!.split(reference)) || [];
    if (after !== undefined) (node as Text).replaceWith(before!, h("span", { class: "whole" }, reference), after);
  }
  return paragraph;
}

/** A failure on the clinic's side; the same words can be asked again. */
export const error = dressed(({ text, buttons }, scene) => [
  h("h3", {}, scene.translate(rareStrings).wrong),
  speech(text),
  h("div", { class: "buttons once" }, wordButton(scene.strings.retry, () => askAgain(scene))),
  buttonRow(buttons, scene),
]);

function askAgain(scene: Scene): void {
  const last = scene.session.transcript.lines.findLast(({ from }) => from === "visitor") as Item | undefined;
  if (last) scene.say(last.text);
}
