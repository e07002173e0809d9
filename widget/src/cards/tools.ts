/** Under an answer: copy it, and say whether it helped. What they do is fetched when they are pressed. */
import { h } from "../dom";
import { COPY, THUMB } from "../icons";
import { loadTools } from "../loading";
import { iconButton } from "../press";
import type { Reply } from "../reply";
import type { Scene } from "../scene";

export function drawTools(reply: Reply, scene: Scene): HTMLElement {
  const { strings } = scene;
  const press = ({ currentTarget }: Event) => {
    void scene.use(loadTools, ({ pressTool }) => pressTool(currentTarget as HTMLElement, reply, scene));
  };
  const thumb = (label: string, name: string) =>
    iconButton(`${strings.helpful} ${label}`, THUMB, press, { "aria-pressed": "false", class: name });
  return h(
    "div", { class: "tools" },
    h("span", {}, strings.helpful), thumb(strings.yes, "icon"), thumb(strings.no, "icon down"),
    navigator.clipboard && iconButton(strings.copy, COPY, press, { class: "icon copy" }),
  );
}
