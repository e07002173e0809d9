/** The parts that several cards share. */
import { withLinks } from "../contacts";
import { h, type Child } from "../dom";
import { formatDate } from "../format";
import { safeLink, staysHere } from "../links";
import type { Host } from "../options";
import { wordButton } from "../press";
import type { Button, Reply, Source } from "../reply";
import type { Scene } from "../scene";
import { fill } from "../text";

export type Card = (reply: Reply, scene: Scene) => Child[];

/** A paragraph that keeps line breaks and finds its own direction. */
export const words = (text: string, name = "text"): HTMLElement => h("p", { class: name }, text);

/** A paragraph of the assistant's own, in which numbers and addresses are links. */
export const speech = (text: string): HTMLElement => h("p", { class: "text" }, ...withLinks(text));

/** What the link leads to on this page is not to lie under the chat. */
const leave = (host: Host): void => { if (host.frame.classList.contains("bubble")) host.close(); };

/** A link, or plain words when its address is not allowed. */
export function link(href: unknown, label: string, scene: Scene, name = ""): HTMLElement {
  const address = safeLink(href, scene.host.base);
  if (!address) return h("span", { class: name }, label);
  const stays = staysHere(address);
  const away = !stays && address.startsWith("http");
  return h(
    "a", { class: name, href: address, onclick: stays && (() => leave(scene.host)), ...(away && { target: "_blank", rel: "noopener" }) },
    label, away && h("span", { class: "spoken" }, ` (${scene.strings.opensNew})`),
  );
}

export function buttonRow(buttons: Button[], scene: Scene, name = "buttons"): Child {
  if (!buttons.length) return false;
  const draw = ({ label, say, href }: Button) =>
    href ? link(href, label, scene, "button")
      : wordButton(label, () => scene.say(say ?? label));
  return h("div", { class: name }, ...buttons.map(draw));
}

/** "From: article, section", who wrote it and when, and the way to the page. */
export function sourceLine(source: Source, scene: Scene): HTMLElement {
  const { strings, language } = scene;
  const place = [source.title, source.section].filter(Boolean).join(", ");
  const facts = [
    source.author && fill(strings.author, { author: source.author }),
    source.updated && fill(strings.updated, { date: formatDate(source.updated, language) }),
  ].filter(Boolean);
  return h(
    "footer", { class: "source" },
    h("span", {}, fill(strings.source, { source: place })),
    facts.length > 0 && h("span", { class: "facts" }, facts.join(" · ")),
    !!source.url && link(source.url, strings.read, scene, "read"),
  );
}
