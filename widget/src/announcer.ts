/** What a screen reader is told: one polite region, one assertive, both outside the history, each said as a whole. */
import { h } from "./dom";

const CLEAR_AFTER = 5_000;

export class Announcer {
  readonly polite = h("div", { class: "spoken", role: "status", "aria-live": "polite" });
  readonly assertive = h("div", { class: "spoken", role: "alert", "aria-live": "assertive" });
  #timer = 0;

  /** Words said at the next pause of the reader. */
  say(text: string): void {
    this.#set(this.polite, text);
  }

  /** Words said at once: errors and urgent advice. */
  warn(text: string): void {
    this.#set(this.assertive, text);
  }

  // Emptied later, so that the words are not met again by somebody who walks through the page.
  #set(region: HTMLElement, text: string): void {
    region.textContent = text;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.polite.textContent = this.assertive.textContent = "";
    }, CLEAR_AFTER + text.length * 20);
  }
}
