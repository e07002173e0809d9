/** What the buttons under an answer do: a vote, a few words with it, a copy. */
import { adopt, h } from "../dom";
import type { Reply } from "../reply";
import type { Scene } from "../scene";
import { toolStrings } from "../strings";
import css from "../styles/comment.css";

interface Vote {
  /** The row of buttons under the answer. */
  tools: Element;
  reply: Reply;
  scene: Scene;
  helpful: boolean;
}

/** Does what this button under an answer is for. */
export function pressTool(button: HTMLElement, reply: Reply, scene: Scene): Promise<void> {
  const { classList, parentElement } = button;
  adopt(scene.host.root, css);
  if (classList.contains("copy")) return copy(reply, scene, button);
  return vote({ tools: parentElement!, reply, scene, helpful: !classList.contains("down") }, button);
}

/** Sends the vote and offers to say more; a second vote replaces the first. */
async function vote(given: Vote, button: Element): Promise<void> {
  const { tools } = given;
  for (const each of tools.querySelectorAll("[aria-pressed]")) each.ariaPressed = String(each === button);
  tools.querySelector("form")?.remove();
  await send(given);
  tools.querySelector("form")?.remove();
  tools.append(makeForm(given));
}

async function send({ reply: { id }, scene: { announcer, api, host, translate }, helpful }: Vote, comment?: string): Promise<boolean> {
  const { thanks, failed } = translate(toolStrings);
  try {
    await api.call("POST", `replies/${encodeURIComponent(id)}/feedback`, { helpful, comment });
  } catch {
    announcer.say(failed);
    return false;
  }
  announcer.say(thanks);
  host.emit("feedback", { reply: id, helpful });
  return true;
}

function makeForm(given: Vote): HTMLElement {
  const { reply, scene } = given;
  const words = scene.translate(toolStrings);
  const id = `comment-${reply.id}`;
  const field = h("input", { id, type: "text", maxlength: 500, autocomplete: "off" });
  const submit = async (event: Event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return field.focus();
    if (!(await send(given, text))) return;
    const thanks = h("p", { tabindex: -1 }, words.thanks);
    form.replaceChildren(thanks);
    thanks.focus();
  };
  const form = h("form", { class: "comment", onsubmit: submit },
    h("label", { for: id }, words.comment),
    h("div", {}, field, h("button", { class: "button" }, words.sendComment)));
  return form;
}

/** The answer and where it comes from, to the clipboard. */
async function copy({ text, sources }: Reply, { announcer, translate }: Scene, button: Element): Promise<void> {
  const words = translate(toolStrings);
  const places = sources.map(({ title, section, url }) => [title, section, url].filter(Boolean).join(", "));
  try {
    await navigator.clipboard.writeText([text, ...places].join("\n\n"));
    button.classList.add("done");
    announcer.say(words.copied);
  } catch {
    announcer.say(words.notCopied);
  }
}
