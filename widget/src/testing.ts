/** For tests: a document, a scene that writes down what happens, a reply. */
import { Window } from "happy-dom";
import type { Scene } from "./cards/card";
import { readReply, type Reply } from "./reply";
import { strings } from "./strings";

/** Puts a browser's document into the global scope. */
export function useDocument(): void {
  const window = new Window({ url: "https://clinic.example/heel" });
  const names = ["window", "document", "location", "HTMLElement", "Node", "matchMedia", "localStorage", "sessionStorage", "MutationObserver", "ShadowRoot"];
  for (const name of names) {
    const value = name === "window" ? window : (window as unknown as Record<string, unknown>)[name];
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Object.defineProperty(globalThis, "navigator", { value: { clipboard: { writeText: async () => {} }, onLine: true }, configurable: true });
  globalThis.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} } as typeof ResizeObserver;
}

export interface Recorded extends Scene { said: string[]; announced: string[]; voted: [boolean, string | undefined][] }

export function makeScene(changes: Partial<Scene> = {}): Recorded {
  const said: string[] = [];
  const announced: string[] = [];
  const voted: [boolean, string | undefined][] = [];
  return {
    strings, language: "en-GB", base: "https://clinic.example/", said, announced, voted,
    say: (text) => said.push(text),
    again: () => said.push("again"),
    announce: (text) => announced.push(text),
    feedback: async (_, helpful, comment) => { voted.push([helpful, comment]); },
    translate: (own) => own,
    use: (load, run) => void load().then(run),
    leave: () => {},
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
