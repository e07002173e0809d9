/** Where the visitor writes: grows, keeps its draft, and takes the shape of what is asked. */
import { h, icon } from "./dom";
import { SEND } from "./icons";
import { countCharacters, LIMIT, SHOW_FROM } from "./length";
import { loadRare } from "./loading";
import type { Scene } from "./scene";
import type { Storage } from "./storage";

export type Field = HTMLInputElement | HTMLTextAreaElement;
export type Writer = Pick<Scene, "host" | "say" | "strings" | "translate" | "use">;

export class Composer {
  readonly element: HTMLFormElement;
  readonly #label: HTMLElement;
  readonly #count = h("p", { class: "count", id: "count" });
  /** For an open question. */
  readonly #open: Field;
  #field: Field;
  #slot = "";

  constructor(
    private readonly writer: Writer,
    private readonly storage: Pick<Storage, "get" | "set">,
  ) {
    const { question, placeholder, send } = writer.strings;
    this.#label = h("label", { for: "field", class: "spoken" }, question);
    this.#field = this.#open = h("textarea", {
      id: "field", part: "input", dir: "auto", "aria-describedby": "count", rows: 1, autocomplete: "off", enterkeyhint: "send", placeholder,
    });
    this.element = h(
      "form",
      {
        class: "composer", onsubmit: (event) => this.#submit(event), oninput: () => this.#changed(),
        onkeydown: (event) => this.#key(event as KeyboardEvent),
      },
      this.#label,
      h("div", { class: "field" }, this.#field, h("button", { class: "send", "aria-label": send, title: send }, icon(SEND))),
      this.#count,
    );
    this.text = storage.get("draft");
  }

  get text(): string {
    return this.#field.value;
  }

  set text(text: string) {
    this.#field.value = text;
    this.#changed();
  }

  focus(): void {
    this.#grow();
    this.#field.focus();
  }

  /** Takes the right kind of field for the slot that is asked for; "" is an open question. */
  expect(slot: string): void {
    if (slot === this.#slot) return;
    this.#slot = slot;
    const { question } = this.writer.strings;
    if (!slot) return this.#take(this.#open, question);
    // Without this code it stays an open question, which takes any answer.
    loadRare().then(({ fieldFor }) => {
      if (slot === this.#slot) this.#take(...fieldFor(slot, this.#open, this.writer));
    }, () => {});
  }

  #take(field: Field, label: string): void {
    const old = this.#field;
    const { question, placeholder } = this.writer.strings;
    const focused = (old.getRootNode() as Document | ShadowRoot).activeElement === old;
    this.#label.textContent = label;
    this.#label.classList.toggle("spoken", label === question);
    field.placeholder = label === question ? placeholder : "";
    if (old !== field) old.replaceWith(field);
    this.#field = field;
    this.text = old.value;
    if (focused) this.focus();
  }

  #key(event: KeyboardEvent): void {
    // An Enter that ends a composed character (Japanese, Chinese, accents) does not send; Safari tells it by the code alone.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || event.target !== this.#field) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #changed(): void {
    const length = countCharacters(this.text);
    this.#field.ariaInvalid = String(length > LIMIT);
    if (length > SHOW_FROM || this.#count.textContent) {
      void this.writer.use(loadRare, ({ showLength }) => showLength(this.#count, countCharacters(this.text), this.writer));
    }
    this.#grow();
    this.storage.set("draft", this.text);
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
    this.writer.say(text);
  }
}
