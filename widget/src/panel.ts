/** The open chat, put together: the parts know nothing of one another. */
import { Announcer } from "./announcer";
import { Api } from "./api";
import { Banner } from "./banner";
import type { Scene } from "./cards/card";
import { Composer } from "./composer";
import { adopt, h } from "./dom";
import { makeHeader } from "./header";
import { Log } from "./log";
import type { Host, Panel } from "./options";
import { Presenter } from "./presenter";
import { Session } from "./session";
import { Storage } from "./storage";
import { loadStrings } from "./strings-source";
import { css } from "./styles";
import { Tabs } from "./tabs";
import { followScheme, paintTheme } from "./theme";
import { fillsScreen, followKeyboard, keepFocusInside } from "./viewport";

export async function createPanel(host: Host): Promise<Panel> {
  const strings = await loadStrings(host);
  adopt(host.root, css);
  const api = new Api(host.base);
  const storage = new Storage(host.option("storage"), host.base);
  const announcer = new Announcer();
  const banner = new Banner();
  const language = host.option("lang") || document.documentElement.lang || "en-GB";
  const presenter = new Presenter(host, strings, announcer, banner);
  const page = () => describePage(host);
  const session = new Session(api, storage, new Tabs(host.base), presenter, page);
  const scene: Scene = {
    strings, language, base: host.base,
    say: (text) => presenter.send(text),
    again: () => presenter.again(),
    announce: (text) => announcer.say(text),
    feedback: async (reply, helpful, comment) => {
      await api.feedback(reply.id, helpful, comment);
      host.emit("feedback", { reply: reply.id, helpful });
    },
    leave: () => { if (fillsScreen()) host.close(); },
  };
  const log = new Log(scene, presenter, host.option("greeting") ?? "");
  const writer = { send: scene.say, keepDraft: (text: string) => storage.set("draft", text) };
  const composer = new Composer(writer, strings, storage.get("draft"));
  presenter.attach(session, log, composer);
  const header = makeHeader(host, strings, presenter);
  const element = assemble(host, header, [log.element, banner.element, composer.element, announcer.polite, announcer.assertive]);
  return new OpenPanel(host, element, composer, session, storage);
}

function assemble(host: Host, header: HTMLElement, parts: HTMLElement[]): HTMLElement {
  const bubble = host.frame.classList.contains("bubble");
  const panel = h("section", { class: "panel", part: "panel", role: bubble ? "dialog" : "region", "aria-labelledby": "title" }, header, ...parts);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && bubble) host.close();
    else if (bubble) keepFocusInside(event, panel, host.root);
  });
  host.frame.append(panel);
  followKeyboard(panel);
  return panel;
}

function describePage({ option }: Host) {
  const article = option("article");
  return { url: location.href.split("#")[0]!, title: document.title, ...(article && { article }) };
}

class OpenPanel implements Panel {
  #started = false;

  constructor(
    private readonly host: Host,
    private readonly element: HTMLElement,
    private readonly composer: Composer,
    private readonly session: Session,
    private readonly storage: Storage,
  ) {
    this.paint();
    followScheme(() => this.paint());
    document.addEventListener("visibilitychange", () => (document.hidden ? session.sleep() : this.#wake()));
    addEventListener("online", () => this.#wake());
    addEventListener("offline", () => session.lose());
    addEventListener("pageshow", (event) => event.persisted && this.#wake());
    addEventListener("pagehide", () => session.sleep());
  }

  show(focus: boolean): void {
    this.storage.set("open", "1");
    if (this.element.role === "dialog") this.element.ariaModal = String(fillsScreen());
    if (focus) this.composer.focus();
    if (this.#started) return this.session.wake();
    this.#started = true;
    void this.session.open();
  }

  paint(): void {
    paintTheme(this.host.frame, this.host.accent(), this.host.option("theme"));
  }

  hide(): void {
    this.storage.set("open", "");
    this.session.sleep();
  }

  #wake(): void {
    if (this.host.frame.classList.contains("open")) this.session.wake();
  }
}

