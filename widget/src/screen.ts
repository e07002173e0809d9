/** On a phone, or where text is so large that a screen is no wider than one, the open chat fills the screen. */
export const fillsScreen = (): boolean => matchMedia("(max-width: 30em), (max-height: 420px)").matches;
