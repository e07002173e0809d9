/** For tests: a document, a scene that writes down what happens, a reply. */
import { Window } from "happy-dom";
import { readReply, type Reply } from "./reply";
import type { Scene } from "./scene";
import { strings } from "./strings";
import { Transcript } from "./transcript";

/** Puts a browser's document into the global scope. */
export function useDocument(): void {
  const window = new Window({ url: "https://clinic.example/heel" });
  const names = ["window", "document", "location", "HTMLElement", "Node", "matchMedia", "localStorage", "sessionStorage", "MutationObserver", "ShadowRoot"];
  for (const name of names) {
    const value = name === "window" ? window : (window as unknown as Record<string, unknown>)[name];
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Object.defineProperty(globalThis, "navigator", { value: { clipboard: { writeText: async () => {} }, onLine: true }, configurable: true });
  globalThis.CSSStyleSheet = class { replaceSync() {} } as unknown as typeof CSSStyleSheet;
  globalThis.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} } as typeof ResizeObserver;
}

interface Vote { helpful: boolean; comment: string | undefined }
export interface Recorded extends Scene { said: string[]; announced: string[]; voted: [boolean, string | undefined][] }

export function makeScene(changes: Partial<Scene> = {}): Recorded {
  const said: string[] = [];
  const announced: string[] = [];
  const voted: [boolean, string | undefined][] = [];
  const api = { call: async (_: string, __: string, { helpful, comment }: Vote) => { voted.push([helpful, comment]); } };
  const others = {
    api, host: { base: "https://clinic.example/", root: { adoptedStyleSheets: [] }, emit() {}, close() {} },
    announcer: { say: (text: string) => announced.push(text) }, session: { transcript: new Transcript() },
  };
  return {
    ...(others as unknown as Pick<Scene, "api" | "host" | "announcer" | "session">),
    strings, language: "en-GB", said, announced, voted,
    say: (text) => said.push(text),
    tell() {},
    failed() {},
    translate: (own) => own,
    use: (load, run) => load().then(run),
    ...changes,
  };
}

export const makeReply = (fields: Partial<Reply>): Reply => readReply({ id: "r1", kind: "say", text: "Hello", ...fields });

/** A card's parts in one box. */
export function boxOf(parts: unknown[]): HTMLElement {
  const box = document.createElement("div");
  box.append(...(parts.filter(Boolean) as Node[]));
  return box;
}
