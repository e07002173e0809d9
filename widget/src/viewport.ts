/** On a phone the chat fills what the keyboard leaves of the screen. */
/** Follows the visual viewport, which shrinks when a keyboard opens; `changed` hears of every change. */
export function followKeyboard(panel: HTMLElement, changed: () => void): void {
  const viewport = visualViewport!;
  const fit = () => {
    changed();
    // A zoomed page keeps its layout; only a keyboard changes the height at scale 1.
    if (viewport.scale > 1.01) return;
    panel.style.setProperty("--seen", `${viewport.height}px`);
    panel.style.setProperty("--above", `${viewport.offsetTop}px`);
  };
  viewport.addEventListener("resize", fit);
  viewport.addEventListener("scroll", fit);
  fit();
}
