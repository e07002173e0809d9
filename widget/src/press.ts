/** A picture to press, with its name for everybody who does not see it or know it. */
import { h, icon } from "./dom";

export const iconButton = (label: string, path: string, onclick: (event: Event) => void, attributes = {}): HTMLButtonElement =>
  h("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...attributes }, icon(path));
