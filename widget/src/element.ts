/** `<pointe-chat>`: the launcher, and the panel behind it once somebody opens it. */
import { paintAccent } from "./accent";
import { withLinks } from "./contacts";
import { adopt, h, icon } from "./dom";
import { MARK } from "./mark";
import { optionsOf, type Host, type Panel } from "./options";
import { giveWay } from "./place";
import { fillsScreen } from "./screen";
import { HELP, launcherStrings } from "./strings";
import css from "./styles/launcher.css";

const LONG_WAIT = 6_000;

export type LoadPanel = () => Promise<{ createPanel(host: Host): Promise<Panel> }>;

export class PointeChat extends HTMLElement implements Host {
  static observedAttributes = ["open", "theme", "accent"];
  /** Address of the server when `src` names none, and the way to the panel's code. Set by the entry. */
  static base = "";
  static loadPanel: LoadPanel;

  readonly option = optionsOf(this);
  readonly root = this.attachShadow({ mode: "open" });
  readonly frame = h("div", { class: "frame" });
  readonly #label = h("span", { role: "status" });
  readonly #launcher = h("button", {
    type: "button", class: "launcher", "aria-expanded": "false", onclick: () => void this.open(),
  }, icon(MARK), this.#label);
  readonly #help = h("p", { class: "help", role: "alert" });
  #panel: Promise<Panel> | undefined;
  #before: HTMLElement | null = null;
  #connection = new AbortController();

  constructor() {
    super();
    adopt(this.root, css);
    this.frame.append(this.#launcher);
    this.root.append(this.frame);
  }

  get isOpen(): boolean {
    return this.frame.classList.contains("open");
  }

  get mode(): string {
    return this.option("mode") ?? "bubble";
  }

  connectedCallback(): void {
    this.frame.classList.add(this.mode, this.option("position") ?? "end");
    this.call();
    const { signal } = (this.#connection = new AbortController());
    giveWay(this, () => this.#inTheWay(), (covered) => this.#yield(covered), signal);
    // In the frame's own turn: asking for computed colours now would lay out a page still loading, and the first look
    // into the browser's storage waits for another process.
    requestAnimationFrame(() => {
      this.#paint();
      if (this.option("open") !== null || this.mode === "page" || this.#wasOpen()) void this.open({ focus: false });
    });
  }

  disconnectedCallback(): void {
    this.#connection.abort();
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (!this.isConnected) return;
    if (name !== "open") this.#paint();
    else value === null ? this.close() : void this.open();
  }

  /** Opens the chat; the panel's code is fetched the first time. */
  async open({ focus = true } = {}): Promise<void> {
    if (this.isOpen) return;
    this.#before = document.activeElement as HTMLElement | null;
    this.#launcher.ariaBusy = "true";
    const late = setTimeout(() => this.#apologise(), LONG_WAIT);
    try {
      const panel = await (this.#panel ??= this.#load());
      this.frame.classList.add("open");
      this.call();
      panel.show(focus);
      this.emit("open");
    } catch {
      this.#panel = undefined;
      this.#apologise();
    }
    clearTimeout(late);
    this.#launcher.ariaBusy = null;
  }

  close(): void {
    if (!this.isOpen || this.mode === "page") return;
    const focused = this.root.activeElement;
    this.frame.classList.remove("open", "aside");
    void this.#panel?.then((panel) => panel.hide());
    if (focused) {
      // The page or this element itself cannot take focus: then it stays on the launcher.
      this.#launcher.focus();
      this.#before?.focus();
    }
    this.emit("close");
  }

  call(words = this.option("launcher") ?? launcherStrings.launch): void {
    this.#label.textContent = words;
    this.#help.remove();
  }

  get help(): string {
    return this.option("help") ?? HELP;
  }

  emit(name: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(`pointe:${name}`, { detail, bubbles: true, composed: true }));
  }

  get base(): string {
    return new URL(".", new URL(this.option("src") ?? PointeChat.base, location.href)).href;
  }

  /** The chat is not to be had: then at least what to do without it. */
  #apologise(): void {
    this.call(launcherStrings.loadFailed);
    this.#help.replaceChildren(...withLinks(this.help) as Node[]);
    this.frame.prepend(this.#help);
  }

  async #load(): Promise<Panel> {
    const { createPanel } = await PointeChat.loadPanel();
    const panel = await createPanel(this);
    // It is made in one task and shown in the next: neither holds up the page for long.
    return new Promise((done) => setTimeout(done, 0, panel));
  }

  #paint(): void {
    for (const theme of ["dark", "light"]) this.frame.classList.toggle(theme, theme === this.option("theme"));
    paintAccent(this, this.frame, this.option("accent"));
  }

  /** Open before a reload or on the last page; on a phone it would hide the page just asked for. */
  #wasOpen(): boolean {
    try {
      const area = this.option("storage") === "local" ? localStorage : sessionStorage;
      return !!area.getItem(`pointe ${this.base} open`) && !(this.mode === "bubble" && fillsScreen());
    } catch {
      return false;
    }
  }

  #inTheWay(): Element | null {
    if (this.mode !== "bubble") return null;
    return this.isOpen ? this.root.querySelector(".panel") : this.#launcher;
  }

  // The open panel goes to the other side, or closes; the launcher steps out of sight until focus moves on.
  #yield(covered: () => boolean): void {
    const { classList } = this.frame;
    classList.remove("hushed");
    if (!covered()) return;
    classList.toggle(this.isOpen ? "aside" : "hushed");
    if (this.isOpen && covered()) this.close();
  }
}

declare global {
  interface HTMLElementTagNameMap { "pointe-chat": PointeChat }
}
