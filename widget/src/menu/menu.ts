/** A disclosure of plain buttons; Esc or a press elsewhere closes it. */
import { h } from "../dom";

export interface MenuItem { label: string; run?: () => void; href?: string }

export class Menu {
  readonly #list: HTMLElement;

  /** Puts the list after the button that opens it. */
  constructor(private readonly button: HTMLElement, items: MenuItem[]) {
    this.#list = h("div", { class: "menu", id: "menu", hidden: true }, ...items.map((item) => this.#item(item)));
    button.after(this.#list);
    button.setAttribute("aria-controls", "menu");
    const holder = button.parentElement!;
    holder.addEventListener("keydown", (event) => this.#key(event));
    holder.addEventListener("focusout", (event) => {
      if (!holder.contains(event.relatedTarget as Node | null)) this.#set(false);
    });
  }

  get isOpen(): boolean {
    return !this.#list.hidden;
  }

  toggle(): void {
    this.#set(!this.isOpen);
  }

  #item({ label, run, href }: MenuItem): HTMLElement {
    if (href) return h("a", { href, target: "_blank", rel: "noopener" }, label);
    const act = () => {
      this.#leave();
      run?.();
    };
    return h("button", { type: "button", onclick: act }, label);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.stopPropagation();
    this.#leave();
  }

  #leave(): void {
    this.#set(false);
    this.button.focus();
  }

  #set(open: boolean): void {
    this.#list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
  }
}
