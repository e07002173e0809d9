/** Drawn for Pointe on a grid of 24, as single strokes. */
export const MARK = "M9 2.5c.5 4.2-.2 6.6-.6 8.6-.3 1.7.7 2.7 1.5 4.4.8 1.8 1.3 3.7 1.6 6 .9-2 1.2-3.8 1.6-5.8.5-2.5 1.5-4 1.900-6.7.3-2.2.1-4.3 0-6.5";
export const CLOSE = "M6 6l12 12M18 6L6 18";
export const MORE = "M5 12h.01M12 12h.01M19 12h.01";
export const SEND = "M12 20V5M5.5 11.5L12 5l6.5 6.5";
export const COPY = "M9 9h11v11H9zM5 15H4V4h11v1";
export const UP = "M7 11v9H4v-9zM7 11l4-8c1.7 0 2.5 1.2 2.2 2.7L12.6 9H20l-2 11H7";
export const DOWN = "M17 13V4h3v9zM17 13l-4 8c-1.7 0-2.5-1.2-2.2-2.7l.6-3.3H4L6 4h11";
