/** Drawn for Pointe on a grid of 24, as single strokes. */
export const CLOSE = "M6 6l12 12M18 6L6 18";
export const MORE = "M4 7h16M4 12h16M4 17h16";
export const SEND = "M12 20V5l-6 6M12 5l6 6";
export const COPY = "M9 9h11v11H9zM5 15H4V4h11v1";
/** Turned round for the other vote. */
export const THUMB = "M7 11v9H4v-9zl4-8q3 0 2 3l-1 3h8l-2 11H7";
