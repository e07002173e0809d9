/** The history on screen: one article per message, drawn once and then only amended. */
import { CARDS } from "./cards";
import { words, type Scene } from "./cards/card";
import { h } from "./dom";
import { formatTime } from "./format";
import type { AssistantEntry, Entry, VisitorEntry } from "./transcript";

export interface Mending {
  retry(id: string): void;
  edit(entry: VisitorEntry): void;
}

export class Log {
  readonly element: HTMLElement;
  readonly #typing: HTMLElement;
  readonly #nodes = new Map<string, HTMLElement>();
  readonly #states = new Map<string, string>();

  constructor(
    private readonly scene: Scene,
    private readonly mending: Mending,
    intro: string,
  ) {
    const dots = h("span", { class: "dots" }, h("i"), h("i"), h("i"));
    this.#typing = h("p", { class: "typing", "aria-hidden": "true", hidden: true }, dots, scene.strings.typing);
    const attributes = { class: "log", part: "log", role: "log", "aria-live": "off", "aria-label": scene.strings.history, tabindex: 0 };
    this.element = h("div", attributes, !!intro && words(intro, "intro"), this.#typing);
    this.#keepEnd();
  }

  /** Brings the screen in line with the entries; what is already drawn is left alone. */
  draw(entries: Entry[]): void {
    const keys = new Set(entries.map((entry) => entry.key));
    for (const [key, node] of this.#nodes) if (!keys.has(key)) this.#forget(key, node);
    const asked = entries.findLastIndex((entry) => entry.from === "visitor");
    let added: HTMLElement | undefined;
    entries.forEach((entry, index) => {
      const known = this.#nodes.get(entry.key);
      const node = known ?? this.#make(entry);
      if (!known && (!added || entry.from === "visitor")) added = node;
      if (entry.from === "visitor") this.#amend(node, entry);
      node.classList.toggle("past", index < asked);
      this.#place(node, index, entries);
    });
    this.#typing.hidden = !entries.some((entry) => entry.from === "visitor" && entry.state === "sending");
    if (added) this.#reveal(added);
  }

  #place(node: HTMLElement, index: number, entries: Entry[]): void {
    const next = index === 0 ? this.element.querySelector(".message") : this.#nodes.get(entries[index - 1]!.key)!.nextSibling;
    if (node !== next) this.element.insertBefore(node, next ?? this.#typing);
  }

  #make(entry: Entry): HTMLElement {
    const { strings, language } = this.scene;
    const visitor = entry.from === "visitor";
    const time = formatTime(entry.at, language);
    const who = visitor ? strings.you : strings.assistant;
    const name = visitor ? "visitor" : entry.reply.kind;
    const node = h(
      "article",
      { class: `message ${name}`, part: `message ${visitor ? "visitor" : "assistant"} ${name}`, "aria-label": `${who}, ${time}` },
      ...(visitor ? [words(entry.text)] : this.#card(entry)),
      h("div", { class: "state" }, h("time", { datetime: entry.at }, time)),
    );
    this.#nodes.set(entry.key, node);
    return node;
  }

  #card({ reply }: AssistantEntry) {
    return CARDS[reply.kind](reply, this.scene);
  }

  /** Under a message: its time, or what is the matter with it and how to mend it. */
  #amend(node: HTMLElement, entry: VisitorEntry): void {
    const state = entry.state + entry.reason;
    if (this.#states.get(entry.key) === state) return;
    this.#states.set(entry.key, state);
    const { strings } = this.scene;
    const label = { sending: strings.sending, waiting: strings.waiting, failed: strings.failed, refused: strings.failed, sent: "" };
    const line = node.querySelector(".state")!;
    const text = [label[entry.state], entry.reason].filter(Boolean).join(" ");
    const button = (name: string, run: () => void) => h("button", { type: "button", class: "link", onclick: run }, name);
    line.replaceChildren(
      text ? h("span", {}, text) : h("time", { datetime: entry.at }, formatTime(entry.at, this.scene.language)),
    );
    node.classList.toggle("unsent", entry.state === "failed" || entry.state === "refused");
    if (entry.state === "failed") line.append(button(strings.retry, () => this.mending.retry(entry.key)));
    if (entry.state === "refused") line.append(button(strings.edit, () => this.mending.edit(entry)));
  }

  /** Whoever reads the end still sees it when a keyboard or a banner takes room. */
  #keepEnd(): void {
    const log = this.element;
    let atEnd = false;
    log.addEventListener("scroll", () => { atEnd = log.scrollTop + log.clientHeight > log.scrollHeight - 24; });
    new ResizeObserver(() => { if (atEnd) log.scrollTop = log.scrollHeight; }).observe(log);
  }

  #forget(key: string, node: HTMLElement): void {
    node.remove();
    this.#nodes.delete(key);
    this.#states.delete(key);
  }

  // The beginning of what is new, not its end: a long answer is read from its first line.
  #reveal(node: HTMLElement): void {
    let from: Element | null = node;
    while (from && !from.classList.contains("visitor")) from = from.previousElementSibling;
    const log = this.element;
    const top = ((from ?? node) as HTMLElement).offsetTop - 12;
    // On a very low screen the whole panel scrolls instead.
    if (log.scrollHeight > log.clientHeight) log.scrollTop = top - log.offsetTop;
    else log.parentElement!.scrollTop = top;
  }
}
