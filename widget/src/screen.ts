/** On a phone, or a page zoomed to 400%, the open chat fills the screen. */
export const fillsScreen = (): boolean => matchMedia("(max-width: 480px), (max-height: 420px)").matches;
