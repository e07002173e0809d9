/** On a phone the chat fills what the keyboard leaves of the screen, and keeps focus inside. */
import { fillsScreen } from "./screen";

/** Follows the visual viewport, which shrinks when a keyboard opens. */
export function followKeyboard(panel: HTMLElement): void {
  const viewport = visualViewport!;
  const fit = () => {
    // A zoomed page keeps its layout; only a keyboard changes the height at scale 1.
    if (viewport.scale > 1.01) return;
    panel.style.setProperty("--seen", `${viewport.height}px`);
    panel.style.setProperty("--above", `${viewport.offsetTop}px`);
  };
  viewport.addEventListener("resize", fit);
  viewport.addEventListener("scroll", fit);
  fit();
}

/** Tab goes round inside the panel while it covers the whole page. */
export function keepFocusInside(event: KeyboardEvent, panel: HTMLElement, root: ShadowRoot): void {
  if (event.key !== "Tab" || !fillsScreen()) return;
  const stops = [...panel.querySelectorAll<HTMLElement>("a, button, input, textarea, [tabindex]")].filter(({ offsetParent }) => offsetParent);
  if (event.shiftKey) stops.reverse();
  if (root.activeElement !== stops.at(-1)) return;
  event.preventDefault();
  stops[0]!.focus();
}
