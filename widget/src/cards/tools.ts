/** Under an answer: copy it, and say whether it helped. What they do is fetched when they are pressed. */
import { h } from "../dom";
import { COPY, THUMB } from "../icons";
import { loadTools } from "../loading";
import { iconButton } from "../press";
import type { Reply } from "../reply";
import type { Scene } from "./card";


export function drawTools(reply: Reply, scene: Scene): HTMLElement {
  const { strings } = scene;
  const thumb = (label: string, helpful: boolean) =>
    iconButton(`${strings.helpful} ${label}`, THUMB, ({ currentTarget }) => {
      void scene.use(loadTools, ({ vote }) => vote({ tools, reply, scene, helpful }, currentTarget as Element));
    }, { "aria-pressed": "false", class: helpful ? "icon" : "icon down" });
  const tools: HTMLElement = h(
    "div", { class: "tools" },
    h("span", {}, strings.helpful), thumb(strings.yes, true), thumb(strings.no, false),
    navigator.clipboard && iconButton(strings.copy, COPY, ({ currentTarget }) => {
      void scene.use(loadTools, ({ copy }) => copy(reply, scene, currentTarget as Element));
    }, { class: "icon copy" }),
  );
  return tools;
}
