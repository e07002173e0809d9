/** The panel's head: whose chat it is, the menu, the way out. */
import { h, icon } from "./dom";
import { CLOSE, MORE } from "./icons";
import { safeLink } from "./links";
import { MARK } from "./mark";
import { loadMenu } from "./loading";
import type { Menu } from "./menu/menu";
import { iconButton } from "./press";
import type { Presenter } from "./presenter";

export function makeHeader(presenter: Presenter): HTMLElement {
  const { host, strings } = presenter;
  const logo = safeLink(host.option("logo"), document.baseURI);
  let menu: Menu | undefined;
  const more = iconButton(strings.menu, MORE, () => void presenter.use(loadMenu, ({ makeMenu }) => (menu ??= makeMenu(more, presenter)).toggle()), {
    "aria-expanded": "false",
  });
  return h(
    // No <header>: the page has its own, and one is enough to find by.
    "div", { class: "header" },
    logo ? h("img", { src: logo, alt: "", part: "logo" }) : h("span", { class: "mark" }, icon(MARK)),
    h("div", { class: "titles" }, h("h2", { id: "title" }, strings.title), h("p", {}, strings.subtitle)),
    h("div", { class: "menu-holder" }, more),
    !host.frame.classList.contains("page") && iconButton(strings.close, CLOSE, () => host.close(), { part: "close" }),
  );
}
