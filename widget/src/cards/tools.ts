/** Under an answer: copy it, and say whether it helped, with a comment if one likes. */
import { h, icon } from "../dom";
import { COPY, DOWN, UP } from "../icons";
import type { Reply } from "../reply";
import type { Scene } from "./card";

export function drawTools(reply: Reply, scene: Scene): HTMLElement {
  const { strings } = scene;
  const tools = h("div", { class: "tools" }, h("span", {}, strings.helpful));
  const thumb = (label: string, path: string, helpful: boolean) => {
    const press = async () => {
      for (const each of thumbs) each.setAttribute("aria-pressed", String(each === button));
      tools.querySelector("form")?.remove();
      await vote(reply, scene, helpful);
      if (!tools.querySelector("form")) tools.append(commentForm(reply, scene, helpful));
    };
    const button = h("button", { type: "button", class: "icon", "aria-label": label, title: label, "aria-pressed": "false", onclick: press }, icon(path));
    return button;
  };
  const thumbs = [thumb(`${strings.helpful} ${strings.yes}`, UP, true), thumb(`${strings.helpful} ${strings.no}`, DOWN, false)];
  tools.append(...thumbs);
  if (navigator.clipboard) tools.append(copyButton(reply, scene));
  return tools;
}

async function vote(reply: Reply, { strings, announce, feedback }: Scene, helpful: boolean, comment?: string): Promise<boolean> {
  const sent = await feedback(reply, helpful, comment).then(() => true, () => false);
  announce(sent ? strings.thanks : strings.failed);
  return sent;
}

function commentForm(reply: Reply, scene: Scene, helpful: boolean): HTMLFormElement {
  const { strings } = scene;
  const id = `comment-${reply.id}`;
  const field = h("input", { id, type: "text", maxlength: 500, autocomplete: "off" });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!field.value.trim()) return field.focus();
    if (await vote(reply, scene, helpful, field.value.trim())) form.replaceChildren(h("p", {}, strings.thanks));
  };
  const form = h("form", { class: "comment", onsubmit: submit },
    h("label", { for: id }, strings.comment),
    h("div", {}, field, h("button", { class: "button" }, strings.sendComment)));
  return form;
}

function copyButton(reply: Reply, { strings, announce }: Scene): HTMLButtonElement {
  const copy = () => navigator.clipboard.writeText(withSource(reply)).then(
    () => {
      announce(strings.copied);
      button.classList.add("done");
    },
    () => announce(strings.notCopied),
  );
  const button = h("button", { type: "button", class: "icon copy", "aria-label": strings.copy, title: strings.copy, onclick: copy }, icon(COPY));
  return button;
}

const withSource = ({ text, sources }: Reply): string =>
  [text, ...sources.map(({ title, section, url }) => [title, section, url].filter(Boolean).join(", "))].join("\n\n");
