/** What the page asks for, by attributes; `data-` may be left out on an element placed by hand. */
export type Option = (name: string) => string | null;

export const optionsOf = (element: Element): Option => (name) =>
  element.getAttribute(`data-${name}`) ?? element.getAttribute(name);

/** What the element lends to the panel. */
export interface Host {
  root: ShadowRoot;
  /** The themed box inside the shadow root. */
  frame: HTMLElement;
  /** Address of the server, with a slash at the end. */
  base: string;
  option: Option;
  close(): void;
  /** Puts words on the launcher: something waits behind it. Without any, it invites again. */
  call(words?: string): void;
  /** What to do when nothing else works: emergency numbers and the clinic's own. */
  readonly help: string;
  emit(name: string, detail?: object): void;
}

export interface Panel {
  show(focus: boolean): void;
  hide(): void;
}
