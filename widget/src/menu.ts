/** A disclosure of plain buttons; Esc or a press elsewhere closes it. */
import { h, icon } from "./dom";
import { MORE } from "./icons";

export interface MenuItem { label: string; run?: () => void; href?: string }

export class Menu {
  readonly element: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #list: HTMLElement;

  constructor(label: string, items: MenuItem[]) {
    this.#list = h("div", { class: "menu", part: "menu", id: "menu", hidden: true }, ...items.map((item) => this.#item(item)));
    this.#button = h(
      "button",
      {
        type: "button", class: "icon", "aria-label": label, title: label,
        "aria-expanded": "false", "aria-controls": "menu", onclick: () => this.#set(!this.isOpen),
      },
      icon(MORE),
    );
    this.element = h("div", { class: "menu-holder", onkeydown: (event) => this.#key(event as KeyboardEvent) }, this.#button, this.#list);
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.#set(false);
    });
  }

  get isOpen(): boolean {
    return !this.#list.hidden;
  }

  #item({ label, run, href }: MenuItem): HTMLElement {
    if (href) return h("a", { href, target: "_blank", rel: "noopener" }, label);
    const act = () => {
      this.#set(false);
      this.#button.focus();
      run?.();
    };
    return h("button", { type: "button", onclick: act }, label);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.stopPropagation();
    this.#set(false);
    this.#button.focus();
  }

  #set(open: boolean): void {
    this.#list.hidden = !open;
    this.#button.setAttribute("aria-expanded", String(open));
  }
}
