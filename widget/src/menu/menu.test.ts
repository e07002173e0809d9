import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Menu } from "./menu";
import { useDocument } from "../testing";

beforeEach(useDocument);

function makeMenu() {
  const done: string[] = [];
  const holder = document.createElement("div");
  const button = document.createElement("button");
  holder.append(button);
  document.body.append(holder);
  const menu = new Menu(button, [{ label: "Start over", run: () => done.push("start") }, { label: "Privacy", href: "https://clinic.example/privacy" }]);
  button.onclick = () => menu.toggle();
  return { menu, done, button };
}

test("it opens and closes, and says so", () => {
  const { menu, button } = makeMenu();
  button.click();
  assert.equal(button.getAttribute("aria-expanded"), "true");
  button.click();
  assert.equal(menu.isOpen, false);
});

test("a choice is made once and closes the menu", () => {
  const { menu, done, button } = makeMenu();
  button.click();
  document.querySelector<HTMLButtonElement>(".menu button")!.click();
  assert.deepEqual(done, ["start"]);
  assert.equal(menu.isOpen, false);
});
