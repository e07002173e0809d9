/** Under an answer: copy it, and say whether it helped. What they do is fetched when they are reached for. */
import { iconButton } from "../press";
import { h } from "../dom";
import { COPY, DOWN, UP } from "../icons";
import type { Reply } from "../reply";
import type { Scene } from "./card";

const load = () => import("../parts/tools");
const loadSoon = () => { load().catch(() => {}); };

export function drawTools(reply: Reply, scene: Scene): HTMLElement {
  const { strings, use } = scene;
  const thumb = (label: string, path: string, helpful: boolean) =>
    iconButton(`${strings.helpful} ${label}`, path, ({ currentTarget }) => {
      use(load, ({ vote }) => vote({ tools, reply, scene, helpful }, currentTarget as Element));
    }, { "aria-pressed": "false" });
  const tools: HTMLElement = h(
    "div", { class: "tools", onpointerover: loadSoon, onfocusin: loadSoon },
    h("span", {}, strings.helpful), thumb(strings.yes, UP, true), thumb(strings.no, DOWN, false),
    navigator.clipboard && iconButton(strings.copy, COPY, ({ currentTarget }) => {
      use(load, ({ copy }) => copy(reply, scene, currentTarget as Element));
    }, { class: "icon copy" }),
  );
  return tools;
}
