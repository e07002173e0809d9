import { buttonRow, words, type Card } from "./card";

/** Says plainly that the articles are silent, then what can be asked instead. */
export const drawNotCovered: Card = (reply, scene) => [words(reply.text), buttonRow(reply.buttons, scene, "buttons stacked")];
