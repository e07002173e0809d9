/** Under an answer: copy it, and say whether it helped. What they do is fetched when they are reached for. */
import { h } from "../dom";
import { COPY, THUMB } from "../icons";
import { iconButton } from "../press";
import type { Reply } from "../reply";
import type { Scene } from "./card";

const load = () => import("../parts/tools");
const loadSoon = () => { load().catch(() => {}); };

export function drawTools(reply: Reply, scene: Scene): HTMLElement {
  const { strings, use } = scene;
  const thumb = (label: string, helpful: boolean) =>
    iconButton(`${strings.helpful} ${label}`, THUMB, ({ currentTarget }) => {
      use(load, ({ vote }) => vote({ tools, reply, scene, helpful }, currentTarget as Element));
    }, { "aria-pressed": "false", class: helpful ? "icon" : "icon down" });
  const tools: HTMLElement = h(
    "div", { class: "tools", onpointerover: loadSoon, onfocusin: loadSoon },
    h("span", {}, strings.helpful), thumb(strings.yes, true), thumb(strings.no, false),
    navigator.clipboard && iconButton(strings.copy, COPY, ({ currentTarget }) => {
      use(load, ({ copy }) => copy(reply, scene, currentTarget as Element));
    }, { class: "icon copy" }),
  );
  return tools;
}
