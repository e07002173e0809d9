/** The history on screen: one article per message, drawn once and then only amended. */
import { drawCard } from "./cards";
import { words } from "./cards/card";
import { h } from "./dom";
import { formatTime } from "./format";
import { wordButton } from "./press";
import type { Scene } from "./scene";
import type { Entry, Item, State } from "./transcript";

/** Less than a line: nobody has to be told of it. */
const A_LITTLE = 24;

export class Log {
  readonly element: HTMLElement;
  readonly #typing: HTMLElement;
  /** Tells that there is more, and goes on to it; by keyboard the history scrolls without. */
  readonly #sign: HTMLElement;
  readonly #sizes = new ResizeObserver(() => this.#settle());
  #nodes: Record<string, HTMLElement> = {};
  /** What came last, until the visitor scrolls to something else. */
  #latest: HTMLElement | undefined;
  #place = 0;
  #atEnd = true;

  constructor(
    private readonly scene: Scene,
    intro: string,
  ) {
    const { strings } = scene;
    this.#typing = h("p", { class: "typing", "aria-hidden": "true" }, strings.typing);
    const attributes = { class: "log", role: "log", "aria-live": "off", "aria-label": strings.history, tabindex: 0, onscroll: () => this.#scrolled() };
    this.element = h("div", attributes, intro && words(intro, "intro"), this.#typing);
    const button = wordButton(`${strings.below} ↓`, () => this.element.scrollBy(0, this.element.clientHeight * 0.8), "button below");
    button.tabIndex = -1;
    this.element.append(button);
    this.#sign = button;
    this.#sizes.observe(this.element);
  }

  /** Brings the screen in line with the entries; what is already drawn is left alone. */
  draw(entries: Entry[]): void {
    const asked = entries.findLastIndex(({ from }) => from === "visitor");
    const before = this.#nodes;
    let added: HTMLElement | undefined;
    this.#nodes = {};
    entries.forEach((entry, index) => {
      const node = (this.#nodes[entry.key] = before[entry.key] ?? this.#make(entry));
      if (entry.from === "visitor") this.#amend(node, entry);
      if (!before[entry.key] && (!added || entry.from === "visitor")) added = node;
      node.classList.toggle("past", index < asked);
    });
    for (const key in before) if (!this.#nodes[key]) before[key]!.remove();
    // From the end, so that only what is new or out of place moves.
    let next = this.#typing;
    for (const { key } of [...entries].reverse()) {
      const node = this.#nodes[key]!;
      if (node.nextSibling !== next) next.before(node);
      next = node;
    }
    this.#typing.hidden = !entries.some((entry) => entry.from === "visitor" && entry.state === "sending");
    if (added) this.#latest = added;
    this.#settle();
  }

  #make(entry: Entry): HTMLElement {
    const { strings } = this.scene;
    const mine = entry.from === "visitor";
    const time = (entry.day ?? "") + formatTime(entry.at);
    const name = mine ? "visitor" : `assistant ${entry.reply.kind}`;
    const node = h(
      "article",
      { class: `message ${name}`, "aria-label": `${mine ? strings.you : strings.assistant}, ${time}` },
      ...(mine ? [words(entry.text)] : drawCard(entry.reply, this.scene)),
      h("div", { class: "state" }, h("time", { datetime: entry.at }, time)),
    );
    // A card may grow when its code has come.
    this.#sizes.observe(node);
    return node;
  }

  /** Under a message: its time, or what is the matter with it and how to mend it. */
  #amend(node: HTMLElement, { at, day = "", state, reason, action }: Item): void {
    const { strings } = this.scene;
    const line = node.lastElementChild!;
    const { sending, waiting } = strings;
    const known: Partial<Record<State, string>> = { sent: day + formatTime(at), sending, waiting };
    const said = [known[state], reason].join(" ").trim();
    if (line.firstChild!.textContent === said) return;
    node.classList.toggle("unsent", !!action);
    line.replaceChildren(h("span", {}, said));
    if (action) line.append(wordButton(action.label, action.run, "link"));
  }

  /** Keeps in view what came last, or the end for whoever reads there, whatever grows or takes room. */
  #settle(): void {
    const log = this.element;
    if (this.#latest) this.#reveal(this.#latest);
    else if (this.#atEnd) log.scrollTop = log.scrollHeight;
    this.#place = log.scrollTop;
    this.#look();
  }

  // Not by us: from then on the visitor decides what is in view.
  #scrolled(): void {
    if (Math.abs(this.element.scrollTop - this.#place) > 2) this.#latest = undefined;
    this.#look();
  }

  #look(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    this.#atEnd = scrollTop + clientHeight > scrollHeight - A_LITTLE;
    this.#sign.hidden = this.#atEnd;
  }

  // A turn that fits is in view with its end. A longer one is read from its first line: the visitor's words, where these
  // leave room, else the answer.
  #reveal(node: HTMLElement): void {
    const log = this.element;
    let from = node;
    while (from.previousElementSibling && !from.classList.contains("visitor")) from = from.previousElementSibling as HTMLElement;
    const topOf = (each: HTMLElement) => each.offsetTop - 12 - log.offsetTop;
    const next = from.nextElementSibling as HTMLElement | null;
    if (from.classList.contains("visitor") && next?.classList.contains("assistant") && log.scrollHeight - topOf(from) > log.clientHeight) from = next;
    // On a very low screen the whole panel scrolls instead.
    if (log.scrollHeight > log.clientHeight) log.scrollTop = topOf(from);
    else log.parentElement!.scrollTop = from.offsetTop - 12;
  }
}
