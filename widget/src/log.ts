/** The history on screen: one article per message, drawn once and then only amended. */
import { drawCard } from "./cards";
import { words } from "./cards/card";
import { h } from "./dom";
import { formatTime } from "./format";
import { wordButton } from "./press";
import type { Scene } from "./scene";
import type { Entry, Item, State } from "./transcript";

export class Log {
  readonly element: HTMLElement;
  readonly #typing: HTMLElement;
  #nodes: Record<string, HTMLElement> = {};

  constructor(
    private readonly scene: Scene,
    intro: string,
  ) {
    this.#typing = h("p", { class: "typing", "aria-hidden": "true" }, h("i"), h("i"), h("i"), ` ${scene.strings.typing}`);
    const attributes = { class: "log", role: "log", "aria-live": "off", "aria-label": scene.strings.history, tabindex: 0 };
    this.element = h("div", attributes, intro && words(intro, "intro"), this.#typing);
    this.#keepEnd();
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
    if (added) this.#reveal(added);
  }

  #make(entry: Entry): HTMLElement {
    const { strings } = this.scene;
    const mine = entry.from === "visitor";
    const time = formatTime(entry.at);
    const name = mine ? "visitor" : entry.reply.kind;
    return h(
      "article",
      { class: `message ${mine ? "" : "assistant "}${name}`, "aria-label": `${mine ? strings.you : strings.assistant}, ${time}` },
      ...(mine ? [words(entry.text)] : drawCard(entry.reply, this.scene)),
      h("div", { class: "state" }, h("time", { datetime: entry.at }, time)),
    );
  }

  /** Under a message: its time, or what is the matter with it and how to mend it. */
  #amend(node: HTMLElement, { at, state, reason, action }: Item): void {
    const { strings } = this.scene;
    const line = node.lastElementChild!;
    const { sending, waiting } = strings;
    const known: Partial<Record<State, string>> = { sent: formatTime(at), sending, waiting };
    const said = [known[state], reason].join(" ").trim();
    if (line.firstChild!.textContent === said) return;
    node.classList.toggle("unsent", !!action);
    line.replaceChildren(h("span", {}, said));
    if (action) line.append(wordButton(action.label, action.run, "link"));
  }

  /** Whoever reads the end still sees it when a keyboard or a banner takes room. */
  #keepEnd(): void {
    const log = this.element;
    let atEnd = false;
    log.addEventListener("scroll", () => { atEnd = log.scrollTop + log.clientHeight > log.scrollHeight - 24; });
    new ResizeObserver(() => { if (atEnd) log.scrollTop = log.scrollHeight; }).observe(log);
  }

  // The beginning of what is new, not its end: a long answer is read from its first line.
  #reveal(node: HTMLElement): void {
    const log = this.element;
    let from = node;
    while (from.previousElementSibling && !from.classList.contains("visitor")) from = from.previousElementSibling as HTMLElement;
    const top = from.offsetTop - 12;
    // On a very low screen the whole panel scrolls instead.
    if (log.scrollHeight > log.clientHeight) log.scrollTop = top - log.offsetTop;
    else log.parentElement!.scrollTop = top;
  }
}
