/** The menu: start over, save, print, erase, privacy, close. */
import { adopt } from "../dom";
import { safeLink } from "../links";
import { ask } from "../menu/dialog";
import { erase } from "../menu/erasing";
import { print, save } from "../menu/keeping";
import { Menu, type MenuItem } from "../menu/menu";
import { clear } from "../past/clearing";
import type { Scene } from "../scene";
import { menuStrings } from "../strings";
import css from "../styles/menu.css";

export function makeMenu(button: HTMLElement, scene: Scene): Menu {
  const { host } = scene;
  const words = scene.translate(menuStrings);
  const privacy = safeLink(host.option("privacy"), document.baseURI);
  const items: MenuItem[] = [
    { label: words.startOver, run: () => void startOver(scene, words) },
    { label: words.save, run: () => void save(scene, words) },
    { label: words.print, run: () => void print(scene, words) },
    { label: words.erase, run: () => void erase(scene, words) },
    privacy ? { label: words.privacy, href: privacy } : { label: words.privacy, run: () => scene.say(words.privacySay) },
  ];
  if (!host.frame.classList.contains("page")) items.push({ label: scene.strings.close, run: () => host.close() });
  adopt(host.root, css);
  return new Menu(button, items);
}

async function startOver({ host, session }: Scene, words: typeof menuStrings): Promise<void> {
  const choices = [{ label: words.newChat, value: "yes" }];
  if (!(await ask(host.frame, words.startOverAsk, choices, words.back))) return;
  clear(session);
  session.show("starting");
  session.view.draw([]);
  session.hurry();
  await session.run();
}
