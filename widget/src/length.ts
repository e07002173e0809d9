/** Counting as the server counts: code points after NFC. */

export const LIMIT = 1000;
export const SHOW_FROM = 900;

export const countCharacters = (text: string): number => [...text.normalize("NFC")].length;
