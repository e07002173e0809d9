/** The field for each thing that is asked for, and how much room is left in it. */
import type { Field } from "../composer";
import { h } from "../dom";
import { LIMIT, SHOW_FROM } from "../length";
import type { Scene } from "../scene";
import { rareStrings } from "../strings";
import { fill } from "../text";
import { dress } from "./cards";

type Attributes = Record<string, string>;

// Attributes by slot; an address or a phone number may follow "email", so it stays a text field.
const FIELDS: Record<string, Attributes> = {
  name: { autocomplete: "name", autocapitalize: "words", spellcheck: "false" },
  email: { autocomplete: "email", inputmode: "email", autocapitalize: "none", spellcheck: "false" },
  phone: { autocomplete: "tel", inputmode: "tel" },
};

/** What the visitor writes in while the assistant waits for this slot, and what it is called; `open` takes any words. */
export function fieldFor(slot: string, open: Field, scene: Pick<Scene, "host" | "strings" | "translate">): [Field, string] {
  const own = FIELDS[slot];
  dress(scene);
  const common = { id: "field", part: "input", dir: "auto", "aria-describedby": "count", type: "text", name: slot };
  const label = scene.translate(rareStrings).slots[slot] ?? scene.strings.question;
  return [own ? h("input", { ...common, ...own }) : open, label];
}

/** Near the limit says how many characters are left or too many. */
export function showLength(line: HTMLElement, length: number, scene: Pick<Scene, "host" | "translate">): void {
  dress(scene);
  const over = length - LIMIT;
  const { left, over: tooMany } = scene.translate(rareStrings);
  line.textContent = length > SHOW_FROM ? fill(over > 0 ? tooMany : left, { n: Math.abs(over) }) : "";
  line.classList.toggle("bad", over > 0);
}
