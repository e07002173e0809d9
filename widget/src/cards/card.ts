/** The parts that several cards share. */
import { withLinks } from "../contacts";
import { h, type Child } from "../dom";
import { formatDate } from "../format";
import { safeLink, staysHere } from "../links";
import { wordButton } from "../press";
import type { Button, Reply, Source } from "../reply";
import type { Scene } from "../scene";
import { fill } from "../text";

export type Card = (reply: Reply, scene: Scene) => Child[];

/** A paragraph that keeps line breaks and finds its own direction. */
export const words = (text: string, name = "text"): HTMLElement => h("p", { class: name, dir: "auto" }, text);

/** A paragraph of the assistant's own, in which numbers and addresses are links. */
export const speech = (text: string): HTMLElement => h("p", { class: "text", dir: "auto" }, ...withLinks(text));

/** A link, or plain words when its address is not allowed. */
export function link(href: unknown, label: string, scene: Scene, name = ""): HTMLElement {
  const address = safeLink(href, scene.host.base);
  if (!address) return h("span", { class: name }, label);
  const away = address.startsWith("http") && !staysHere(address);
  return h(
    "a", { class: name, dir: "auto", href: address, onclick: () => { if (staysHere(address)) scene.host.stepAside(); }, ...(away && { target: "_blank", rel: "noopener" }) },
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
    h("span", { dir: "auto" }, fill(strings.source, { source: place })),
    facts.length > 0 && h("span", { class: "facts", dir: "auto" }, facts.join(" · ")),
    !!source.url && link(source.url, strings.read, scene, "read"),
  );
}
