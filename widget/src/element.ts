/** `<pointe-chat>`: the launcher, and the panel behind it once somebody opens it. */
import { adopt, h, icon } from "./dom";
import { MARK } from "./icons";
import { optionsOf, type Host, type Panel } from "./options";
import { giveWay } from "./place";
import { launcherStrings } from "./strings";
import css from "./styles/launcher.css";
import { followScheme, paint } from "./theme";

export type LoadPanel = () => Promise<{ createPanel(host: Host): Promise<Panel> }>;

const NARROW = "(max-width: 480px), (max-height: 420px)";

export class PointeChat extends HTMLElement {
  static observedAttributes = ["open", "theme", "accent", "data-theme", "data-accent"];
  /** Address of the server when `src` names none, and the way to the panel's code. Set by the entry. */
  static base = "";
  static loadPanel: LoadPanel;

  readonly #option = optionsOf(this);
  readonly #root = this.attachShadow({ mode: "open" });
  readonly #frame = h("div", { class: "frame" });
  readonly #label = h("span");
  readonly #launcher = h("button", {
    type: "button", class: "launcher", part: "launcher", "aria-expanded": "false", onclick: () => void this.open(),
  }, icon(MARK), this.#label);
  #panel: Promise<Panel> | undefined;
  #before: HTMLElement | null = null;
  #undo: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#frame.classList.contains("open");
  }

  get mode(): string {
    return this.#option("mode") ?? "bubble";
  }

  connectedCallback(): void {
    if (!this.#root.adoptedStyleSheets.length) adopt(this.#root, css);
    this.#frame.classList.add(this.mode, this.#option("position") ?? "end");
    if (this.mode === "bubble") this.#launcher.setAttribute("aria-haspopup", "dialog");
    this.#label.textContent = this.#option("launcher") ?? launcherStrings.launch;
    this.#frame.append(this.#launcher);
    this.#root.append(this.#frame);
    this.#paint();
    this.#undo = [
      followScheme(() => this.#paint()),
      giveWay(this, () => this.#inTheWay(), (covered) => this.#yield(covered)),
    ];
    if (this.#option("open") !== null || this.mode === "page") void this.open({ focus: false });
    else if (this.#wasOpen()) void this.open({ focus: false });
  }

  disconnectedCallback(): void {
    for (const undo of this.#undo) undo();
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (!this.isConnected) return;
    if (name !== "open") this.#paint();
    else if (value !== null) void this.open();
    else this.close();
  }

  /** Opens the chat; the panel's code is fetched the first time. */
  async open({ focus = true } = {}): Promise<void> {
    if (this.isOpen) return;
    this.#before = document.activeElement as HTMLElement | null;
    this.#launcher.setAttribute("aria-busy", "true");
    try {
      const panel = await (this.#panel ??= this.#load());
      this.#frame.classList.add("open");
      panel.show(focus);
      this.emit("open");
    } catch {
      this.#panel = undefined;
      this.#label.textContent = launcherStrings.loadFailed;
      this.#label.setAttribute("role", "alert");
    }
    this.#launcher.removeAttribute("aria-busy");
  }

  close(): void {
    if (!this.isOpen || this.mode === "page") return;
    const focused = !!this.#root.activeElement;
    this.#frame.classList.remove("open", "aside");
    void this.#panel?.then((panel) => panel.hide());
    if (focused) this.#returnFocus();
    this.emit("close");
  }

  emit(name: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(`pointe:${name}`, { detail, bubbles: true, composed: true }));
  }

  get #base(): string {
    const src = this.#option("src") ?? PointeChat.base;
    return new URL(".", new URL(src, location.href)).href;
  }

  async #load(): Promise<Panel> {
    const { createPanel } = await PointeChat.loadPanel();
    const option = this.#option;
    const [close, emit] = [() => this.close(), this.emit.bind(this)];
    return createPanel({ element: this, root: this.#root, frame: this.#frame, base: this.#base, option, close, emit });
  }

  #paint(): void {
    paint(this, this.#frame, this.#option("accent"), this.#option("theme"));
  }

  #returnFocus(): void {
    const before = this.#before;
    if (before && before !== this && before !== document.body && before.isConnected) before.focus();
    else this.#launcher.focus();
  }

  /** Open before a reload or on the last page; on a phone it would hide the page just asked for. */
  #wasOpen(): boolean {
    try {
      const area = this.#option("storage") === "local" ? localStorage : sessionStorage;
      return !!area.getItem(`pointe ${this.#base} open`) && !(this.mode === "bubble" && matchMedia(NARROW).matches);
    } catch {
      return false;
    }
  }

  #inTheWay(): Element | null {
    if (this.mode !== "bubble") return null;
    return this.isOpen ? this.#root.querySelector(".panel") : this.#launcher;
  }

  // The open panel goes to the other side, or closes; the launcher steps out of sight until focus moves on.
  #yield(covered: () => boolean): void {
    this.#frame.classList.remove("hushed");
    if (!covered()) return;
    if (!this.isOpen) this.#frame.classList.add("hushed");
    else {
      this.#frame.classList.toggle("aside");
      if (covered()) this.close();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap { "pointe-chat": PointeChat }
}
