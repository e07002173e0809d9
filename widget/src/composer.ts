/** Where the visitor writes: grows, counts, keeps its draft, and takes the shape of what is asked. */
import { h, icon } from "./dom";
import { SEND } from "./icons";
import { countCharacters, LIMIT, SHOW_FROM } from "./length";
import type { Strings } from "./strings";
import { fill } from "./text";

type Field = HTMLInputElement | HTMLTextAreaElement;

export interface Writer {
  send(text: string): void;
  keepDraft(text: string): void;
}

// Attributes by slot; an address or a phone number may follow "email", so it stays a text field.
const FIELDS: Record<string, Record<string, string>> = {
  name: { autocomplete: "name", autocapitalize: "words", spellcheck: "false" },
  email: { autocomplete: "email", inputmode: "email", autocapitalize: "none", spellcheck: "false" },
};

export class Composer {
  readonly element: HTMLFormElement;
  readonly #label = h("label", { for: "field" });
  readonly #count = h("p", { class: "count", id: "count" });
  #field: Field;
  #slot = "";

  constructor(
    private readonly writer: Writer,
    private readonly strings: Strings,
    draft: string,
  ) {
    this.#field = this.#makeField("");
    this.#field.value = draft;
    const button = h("button", { class: "send", "aria-label": strings.send, title: strings.send }, icon(SEND));
    this.element = h(
      "form",
      { class: "composer", novalidate: true, onsubmit: (event) => this.#submit(event) },
      this.#label, h("div", { class: "field" }, this.#field, button), this.#count,
    );
    this.expect("");
    this.#changed();
  }

  get text(): string {
    return this.#field.value;
  }

  set text(text: string) {
    this.#field.value = text;
    this.#changed();
  }

  focus(): void {
    this.#field.focus();
  }

  /** Takes the right kind of field for the slot that is asked for; "" is an open question. */
  expect(slot: string): void {
    this.#label.textContent = this.strings.slots[slot] ?? this.strings.question;
    this.#label.classList.toggle("spoken", !slot);
    if (slot === this.#slot) return;
    this.#slot = slot;
    const root = this.#field.getRootNode() as Document | ShadowRoot;
    const focused = root.activeElement === this.#field;
    const field = this.#makeField(slot);
    field.value = this.#field.value;
    this.#field.replaceWith(field);
    this.#field = field;
    if (focused) field.focus();
  }

  #makeField(slot: string): Field {
    const attributes = {
      id: "field", part: "input", "aria-describedby": "count", oninput: () => this.#changed(),
      onkeydown: (event: Event) => this.#key(event as KeyboardEvent),
    };
    const shape = FIELDS[slot];
    if (shape) return h("input", { ...attributes, ...shape, type: "text", name: slot });
    const placeholder = slot ? "" : this.strings.placeholder;
    return h("textarea", { ...attributes, rows: 1, autocomplete: "off", enterkeyhint: "send", placeholder });
  }

  #key(event: KeyboardEvent): void {
    // An Enter that ends a composed character (Japanese, Chinese, accents) does not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #changed(): void {
    const over = countCharacters(this.text) - LIMIT;
    const near = over > SHOW_FROM - LIMIT;
    const words = over > 0 ? this.strings.over : this.strings.left;
    this.#count.textContent = near ? fill(words, { n: Math.abs(over) }) : "";
    this.#count.classList.toggle("bad", over > 0);
    this.#field.setAttribute("aria-invalid", String(over > 0));
    this.#grow();
    this.writer.keepDraft(this.text);
  }

  #grow(): void {
    this.#field.style.height = "auto";
    if (this.#field.tagName === "TEXTAREA" && this.#field.scrollHeight) {
      this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
    }
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.text.trim();
    if (!text || countCharacters(text) > LIMIT) return this.focus();
    this.text = "";
    this.writer.send(text);
  }
}
