import { h } from "../dom";
import { formatPrice } from "../format";
import { buttonRow, words, type Card } from "./card";

/** The online appointment with its price. */
export const drawOffer: Card = ({ text, service = "", price, buttons }, scene) => [
  h("h3", {}, scene.strings.services[service], !!price && h("span", { class: "price" }, formatPrice(price, scene.language))),
  words(text),
  buttonRow(buttons, scene, "buttons offered"),
];
