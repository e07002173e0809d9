/** The sign of the launcher and of a chat without a logo, on the grid of the other icons. */
export const MARK = "M9 2c.6 5-1.2 7.5-.6 10S11 16 12 22c1-6 3.2-9 3.5-13.5V2";
