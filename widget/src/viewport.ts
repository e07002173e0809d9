/** On a phone the chat fills what the keyboard leaves of the screen, and keeps focus inside. */
import { fillsScreen } from "./screen";

/** Follows the visual viewport, which shrinks when a keyboard opens. */
export function followKeyboard(panel: HTMLElement): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
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
  const stops = [...panel.querySelectorAll<HTMLElement>("a[href], button, input, textarea, [tabindex='0']")]
    .filter((element) => element.checkVisibility?.() ?? element.offsetParent);
  const [first, last] = [stops[0], stops.at(-1)];
  const leaving = event.shiftKey ? first : last;
  if (root.activeElement !== leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
