/** Focus stays in the chat when what was pressed goes. */

interface Place { focus(): void }

/** Makes a change; if that takes what has focus, focus goes to the field, and on touch screens, where that would bring up a keyboard, to the history. */
export function keepFocus(root: ShadowRoot, change: () => void, field: Place, history: Place): void {
  const before = root.activeElement as HTMLElement | null;
  change();
  if (!before || (before.isConnected && before.offsetParent)) return;
  (matchMedia("(pointer: coarse)").matches ? history : field).focus();
}
