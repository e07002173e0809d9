import { buttonRow, words, type Card } from "./card";

/** A step of the form. The composer takes the shape of the answer; a confirmation needs only a press. */
export const drawAsk: Card = ({ text, slot, buttons }, scene) => {
  const { yes, no } = scene.strings;
  const own = slot === "confirm" ? [{ label: yes, say: yes }, { label: no, say: no }] : [];
  return [words(text), buttonRow(buttons.length ? buttons : own, scene, "buttons once")];
};
