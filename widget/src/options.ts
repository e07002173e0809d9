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
  emit(name: string, detail?: object): void;
}

export interface Panel {
  show(focus: boolean): void;
  hide(): void;
}
