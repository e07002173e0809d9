/** One line over the composer that says how the connection is, and what can be done. */
import { withLinks } from "./contacts";
import { h } from "./dom";
import { wordButton } from "./press";

export interface Action { label: string; run: () => void }

export class Banner {
  readonly element = h("div", { class: "banner", hidden: true });

  show(text: string, action?: Action): void {
    this.element.hidden = !text;
    this.element.replaceChildren(h("p", {}, ...withLinks(text)));
    if (action) this.element.append(wordButton(action.label, action.run));
  }
}
