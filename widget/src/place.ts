/** Keeps the page's focused element in sight (WCAG 2.2, 2.4.11): the chat gives way, not the page. */

function covers(box: Element, element: Element): boolean {
  const one = box.getBoundingClientRect();
  const other = element.getBoundingClientRect();
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** Watches focus on the page. `box` is what may cover it, or null; `yieldTo` moves it away. */
export function giveWay(host: HTMLElement, box: () => Element | null, yieldTo: (covered: () => boolean) => void, signal: AbortSignal): void {
  const look = ({ target }: FocusEvent) => {
    if (target === host || !(target instanceof Element)) return;
    // After the browser has scrolled the element into view.
    requestAnimationFrame(() => yieldTo(() => {
      const now = box();
      return !!now && covers(now, target);
    }));
  };
  document.addEventListener("focusin", look, { signal });
}
