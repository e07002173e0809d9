/** The conversation as a text: to save, or to print from a page of its own. */
import { h } from "../dom";
import type { Scene } from "../scene";
import type { menuStrings } from "../strings";

type Words = typeof menuStrings;

const fetchText = async ({ api }: Pick<Scene, "api">): Promise<string> =>
  (await api.request("GET", "transcript", undefined, AbortSignal.timeout(15_000))).text();

export async function save(scene: Scene, words: Words): Promise<void> {
  try {
    const href = URL.createObjectURL(new Blob([await fetchText(scene)], { type: "text/plain" }));
    h("a", { href, download: "chat.txt" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  } catch {
    scene.tell(words.notSaved);
  }
}

export async function print(scene: Scene, words: Words): Promise<void> {
  // At once, while the press still counts as the visitor's: later it would be a pop-up.
  const page = window.open("");
  try {
    const text = await fetchText(scene);
    if (!page) throw new Error("blocked");
    page.document.title = scene.strings.title;
    const sheet = page.document.createElement("pre");
    sheet.textContent = text;
    sheet.style.whiteSpace = "pre-wrap";
    page.document.body.append(sheet);
    page.print();
  } catch {
    page?.close();
    scene.tell(words.notSaved);
  }
}
