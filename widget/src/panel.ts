/** The open chat, put together: the parts know nothing of one another. */
import { Api } from "./api";
import { Composer } from "./composer";
import { adopt, h } from "./dom";
import { makeHeader } from "./header";
import { loadWords } from "./loading";
import { Log } from "./log";
import type { Host, Panel } from "./options";
import type { Translate } from "./parts/words";
import { Presenter } from "./presenter";
import { Session } from "./session";
import { Storage } from "./storage";
import { css } from "./styles";
import { Tabs } from "./tabs";
import { fillsScreen } from "./screen";
import { followKeyboard } from "./viewport";

export async function createPanel(host: Host): Promise<Panel> {
  const translate = await translateFor(host);
  adopt(host.root, css);
  const api = new Api(host.base);
  const storage = new Storage(host.option("storage"), host.base);
  const presenter = new Presenter(host, api, translate);
  const { banner, announcer } = presenter;
  const session = new Session(api, storage, new Tabs(host.base), presenter, () => describePage(host));
  const log = new Log(presenter, host.option("greeting") ?? "");
  const composer = new Composer(presenter, storage);
  presenter.attach(session, log, composer);
  const element = assemble(host, [
    makeHeader(presenter), log.element, banner.element, presenter.help, composer.element, announcer.polite, announcer.assertive,
  ]);
  const { classList } = host.frame;
  const isOpen = () => classList.contains("open");
  // What the chat covers cannot be reached until it is closed.
  const cover = () => {
    const covered = isOpen() && classList.contains("bubble") && fillsScreen();
    element.ariaModal = covered ? "true" : null;
    if (!document.body.contains(host.root.host)) document.body.inert = covered;
  };
  followKeyboard(element, cover);
  followPage(session, isOpen);
  let begun = false;
  return {
    show(focus) {
      storage.set("open", "1");
      cover();
      if (focus) composer.focus();
      if (begun) return session.wake();
      begun = true;
      setTimeout(() => session.open());
    },
    hide() {
      storage.set("open", "");
      cover();
      session.sleep();
    },
  };
}

/** The page is hidden (left, too) or looked at, the network goes and comes. */
function followPage(session: Session, isOpen: () => boolean): void {
  const wake = () => { if (isOpen()) session.wake(); };
  document.addEventListener("visibilitychange", () => (document.hidden ? session.sleep() : wake()));
  addEventListener("online", wake);
  addEventListener("offline", () => session.lose());
}

/** The clinic's words, where it has any; ours when they cannot be had. */
async function translateFor({ option }: Host): Promise<Translate> {
  const source = option("strings");
  const own: Translate = (words) => words;
  return source ? loadWords().then(({ readWords }) => readWords(source)).catch(() => own) : own;
}

function assemble(host: Host, parts: HTMLElement[]): HTMLElement {
  const bubble = host.frame.classList.contains("bubble");
  const panel = h("section", { class: "panel", role: bubble ? "dialog" : "region", "aria-labelledby": "title" }, ...parts);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && bubble) host.close();
  });
  host.frame.append(panel);
  return panel;
}

function describePage({ option }: Host) {
  const article = option("article");
  return { url: location.href.split("#")[0]!, title: document.title, ...(article && { article }) };
}
