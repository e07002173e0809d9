import { h } from "../dom";
import { formatPrice } from "../format";
import { buttonRow, words, type Card } from "./card";

/** The online appointment with its price; refusing is as easy as accepting. */
export const drawOffer: Card = ({ text, service = "", price, buttons }, scene) => {
  const { strings } = scene;
  const own = [{ label: strings.book, say: strings.bookSay }, { label: strings.decline }];
  const name = strings.services[service] ?? "";
  return [
    h("h3", {}, name, !!price && h("span", { class: "price" }, formatPrice(price, scene.language))),
    words(text),
    buttonRow(buttons[0] ? buttons : own, scene, "buttons offered"),
  ];
};
