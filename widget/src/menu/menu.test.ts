import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Menu } from "./menu";
import { useDocument } from "./testing";

beforeEach(useDocument);

function makeMenu() {
  const done: string[] = [];
  const menu = new Menu("Menu", [{ label: "Start over", run: () => done.push("start") }, { label: "Privacy", href: "https://clinic.example/privacy" }]);
  document.body.append(menu.element);
  const button = menu.element.querySelector<HTMLButtonElement>("[aria-expanded]")!;
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
  menu.element.querySelector<HTMLButtonElement>(".menu button")!.click();
  assert.deepEqual(done, ["start"]);
  assert.equal(menu.isOpen, false);
});
