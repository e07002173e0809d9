import { h } from "../dom";
import { buttonRow, words, type Card } from "./card";

/** A failure on the clinic's side; the same words can be asked again. */
export const drawError: Card = (reply, scene) => [
  h("h3", {}, scene.strings.wrong),
  words(reply.text),
  h("div", { class: "buttons once" }, h("button", { type: "button", class: "button", onclick: () => scene.again() }, scene.strings.retry)),
  buttonRow(reply.buttons, scene),
];
