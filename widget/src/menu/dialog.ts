/** A question that must be answered before anything else: modal, closed by Esc. */
import { h } from "../dom";

export interface Choice { label: string; value: string; danger?: boolean }

/** The chosen value, or "" when the visitor goes back. Focus returns to where it was. */
export function ask(parent: Node, question: string, choices: Choice[], back: string): Promise<string> {
  return new Promise((resolve) => {
    const button = ({ label, value, danger }: Choice) =>
      h("button", { type: "button", class: danger ? "danger" : "plain", onclick: () => dialog.close(value) }, label);
    const text = h("p", { id: "question" }, question);
    const dialog = h(
      "dialog",
      { part: "dialog", role: "alertdialog", "aria-labelledby": "question", onclose: finish },
      text, ...choices.map(button), button({ label: back, value: "" }),
    );
    function finish() {
      dialog.remove();
      resolve(dialog.returnValue);
    }
    parent.appendChild(dialog);
    dialog.showModal();
    (dialog.lastElementChild as HTMLElement).focus();
  });
}
