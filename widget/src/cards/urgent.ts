/** Where to go comes first, in words before colour; then the contacts as large links. */
import { h } from "../dom";
import { splitAdvice } from "../reply";
import { link, words, type Card } from "./card";

export const drawUrgent: Card = (reply, scene) => {
  const { again, contacts, sources } = reply;
  const { strings } = scene;
  const [heading, advice] = splitAdvice(reply, strings.destinations);
  const level = !again && h("span", { class: "spoken" }, `${strings.immediate} `);
  return [
    h("h3", {}, level, heading),
    h(
      "div", { class: "body" },
      !!advice && words(advice),
      contacts.length > 0 && h("div", { class: "contacts" }, ...contacts.map(({ href, label }) => link(href, label, scene, "button contact"))),
      sources.length > 0 && h("p", { class: "guidance" }, `${strings.guidance} `, ...sources.map(({ url, title }) => link(url, title, scene))),
    ),
  ];
};
