import { buttonRow, words, type Card } from "./card";

export const drawSay: Card = (reply, scene) => [words(reply.text), buttonRow(reply.buttons, scene, "buttons once")];
