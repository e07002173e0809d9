/** Elements from names, attributes and text. Text is always a text node, never markup. */

type Attribute = string | boolean | number | undefined | ((event: Event) => void);
export type Child = Node | string | false | undefined | "";

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : (value as string));
  }
  // Whatever has a class can be dressed by the page under the same name.
  if (attributes.class && !attributes.part) element.setAttribute("part", attributes.class as string);
  element.append(...(children.filter(Boolean) as (Node | string)[]));
  return element;
}

export function icon(path: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  svg.append(document.createElementNS(space, "path"));
  svg.firstElementChild!.setAttribute("d", path);
  return svg;
}

const sheets: Record<string, CSSStyleSheet> = {};

/** Dresses a chat in these styles, once. */
export function adopt(root: ShadowRoot, css: string): void {
  if (!sheets[css]) (sheets[css] = new CSSStyleSheet()).replaceSync(css);
  if (!root.adoptedStyleSheets.includes(sheets[css]!)) root.adoptedStyleSheets.push(sheets[css]!);
}
