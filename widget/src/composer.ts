/** Where the visitor writes: grows, keeps its draft, and takes the shape of what is asked. */
import { h, icon } from "./dom";
import { SEND } from "./icons";
import { countCharacters, LIMIT, SHOW_FROM } from "./length";
import { loadRare } from "./loading";
import type { Shape } from "./rare/fields";
import type { Scene } from "./scene";
import type { Storage } from "./storage";

type Field = HTMLInputElement | HTMLTextAreaElement;
export type Writer = Pick<Scene, "host" | "say" | "strings" | "translate" | "use">;

const OPEN: Shape = { label: undefined, attributes: undefined };

export class Composer {
  readonly element: HTMLFormElement;
  readonly #label = h("label", { for: "field" });
  readonly #count = h("p", { class: "count", id: "count" });
  #field: Field;
  #slot = "";

  constructor(
    private readonly writer: Writer,
    private readonly storage: Pick<Storage, "get" | "set">,
  ) {
    const { send } = writer.strings;
    this.#field = this.#makeField(OPEN);
    this.element = h(
      "form",
      { class: "composer", onsubmit: (event) => this.#submit(event) },
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
    this.#field.focus();
  }

  /** Takes the right kind of field for the slot that is asked for; "" is an open question. */
  expect(slot: string): void {
    if (slot === this.#slot) return;
    this.#slot = slot;
    if (!slot) return this.#take(OPEN);
    // Without this code it stays an open question, which takes any answer.
    loadRare().then(({ shapeOf }) => { if (slot === this.#slot) this.#take(shapeOf(slot, this.writer)); }, () => {});
  }

  #take(shape: Shape): void {
    const old = this.#field;
    const { activeElement } = old.getRootNode() as Document | ShadowRoot;
    this.#field = this.#makeField(shape);
    old.replaceWith(this.#field);
    this.text = old.value;
    if (activeElement === old) this.focus();
  }

  #makeField({ label, attributes }: Shape): Field {
    const { question, placeholder } = this.writer.strings;
    this.#label.textContent = label ?? question;
    this.#label.classList.toggle("spoken", !label);
    const common = {
      id: "field", part: "input", dir: "auto", "aria-describedby": "count", oninput: () => this.#changed(),
      onkeydown: (event: Event) => this.#key(event as KeyboardEvent),
    };
    if (attributes) return h("input", { ...common, ...attributes });
    return h("textarea", { ...common, rows: 1, autocomplete: "off", enterkeyhint: "send", placeholder: label ? "" : placeholder });
  }

  #key(event: KeyboardEvent): void {
    // An Enter that ends a composed character (Japanese, Chinese, accents) does not send; Safari tells it by the code alone.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
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
