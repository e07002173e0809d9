/** The panel's head: whose chat it is, the menu, the way out. */
import { h, icon } from "./dom";
import { CLOSE, MARK } from "./icons";
import { safeLink } from "./links";
import { Menu, type MenuItem } from "./menu";
import type { Host } from "./options";
import type { Strings } from "./strings";

export interface MenuActions {
  startOver(): void;
  erase(): void;
  send(text: string): void;
}

export function makeHeader(host: Host, strings: Strings, actions: MenuActions): HTMLElement {
  const logo = safeLink(host.option("logo"), document.baseURI);
  const privacy = safeLink(host.option("privacy"), document.baseURI);
  const items: MenuItem[] = [
    { label: strings.startOver, run: () => actions.startOver() },
    { label: strings.erase, run: () => actions.erase() },
    privacy ? { label: strings.privacy, href: privacy } : { label: strings.privacy, run: () => actions.send(strings.privacySay) },
  ];
  const closable = !host.frame.classList.contains("page");
  if (closable) items.push({ label: strings.close, run: () => host.close() });
  const close = () =>
    h("button", { type: "button", class: "icon", part: "close", "aria-label": strings.close, title: strings.close, onclick: () => host.close() }, icon(CLOSE));
  return h(
    "header", { part: "header" },
    logo ? h("img", { src: logo, alt: "", part: "logo" }) : h("span", { class: "mark" }, icon(MARK)),
    h("div", { class: "titles" }, h("h2", { id: "title" }, strings.title), h("p", {}, strings.subtitle)),
    new Menu(strings.menu, items).element,
    closable && close(),
  );
}
