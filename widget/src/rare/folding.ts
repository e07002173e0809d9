/** A long quotation shows its beginning; a screen reader has all of it either way. */
import { h } from "../dom";
import { newId } from "../identifier";
import type { Scene } from "../scene";
import { rareStrings } from "../strings";
import { dress } from "./cards";

/** Folds what is already on the screen, with a button after it. */
export function fold(block: HTMLElement, scene: Pick<Scene, "host" | "translate">): void {
  const { more, less } = scene.translate(rareStrings);
  dress(scene);
  block.classList.add("folded");
  block.id = `quote-${newId()}`;
  const button = h("button", {
    type: "button", class: "link", "aria-expanded": "false", "aria-controls": block.id,
    onclick: () => {
      const folded = block.classList.toggle("folded");
      button.textContent = folded ? more : less;
      button.ariaExpanded = String(!folded);
    },
  }, more);
  block.after(button);
}
