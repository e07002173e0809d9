/** What can be pressed: words, or a picture with its name for everybody who does not see it or know it. */
import { h, icon } from "./dom";

type Press = (event: Event) => void;

export const wordButton = (label: string, onclick: Press, name = "button"): HTMLButtonElement =>
  h("button", { type: "button", class: name, onclick }, label);

export const iconButton = (label: string, path: string, onclick: Press, attributes = {}): HTMLButtonElement =>
  h("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...attributes }, icon(path));
