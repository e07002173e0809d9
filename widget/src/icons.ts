/** Drawn for Pointe on a grid of 24, as single strokes. */
export const MARK = "M8 3c.6 4.600 2.300 7.400 3.400 10.200 1 2.600 1.200 4.800.9 7.800M15.500 3c.2 5-.4 8.700-1.600 11.800M6.500 21h11";
export const CLOSE = "M6 6l12 12M18 6L6 18";
export const MORE = "M5 12h.01M12 12h.01M19 12h.01";
export const SEND = "M12 20V5M5.500 11.500L12 5l6.500 6.500";
export const COPY = "M9 9h11v11H9zM5 15H4V4h11v1";
export const UP = "M7 11v9H4v-9zM7 11l4-8c1.700 0 2.500 1.200 2.200 2.700L12.600 9H20l-2 11H7";
export const DOWN = "M17 13V4h3v9zM17 13l-4 8c-1.700 0-2.500-1.200-2.200-2.700l.6-3.300H4L6 4h11";
