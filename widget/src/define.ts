/** Registers the tag, once, whoever comes first. */
import { PointeChat, type LoadPanel } from "./element";

export function define(base: string, loadPanel: LoadPanel): void {
  if (customElements.get("pointe-chat")) return;
  PointeChat.base = base;
  PointeChat.loadPanel = loadPanel;
  customElements.define("pointe-chat", PointeChat);
}
