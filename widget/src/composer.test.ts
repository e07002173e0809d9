import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Composer } from "./composer";
import { makeScene, useDocument } from "./testing";

beforeEach(useDocument);

function makeComposer(draft = "") {
  const sent: string[] = [];
  const drafts: string[] = [];
  const storage = { get: () => draft, set: (_: string, text: string) => void drafts.push(text) };
  const composer = new Composer(makeScene({ say: (text) => sent.push(text) }), storage);
  document.body.append(composer.element);
  const field = () => composer.element.querySelector<HTMLInputElement>("#field")!;
  return { composer, sent, drafts, field };
}

test("what is written is sent without the space around it, and the field is empty again", () => {
  const { composer, sent, drafts } = makeComposer("  heel  ");
  composer.element.requestSubmit();
  assert.deepEqual(sent, ["heel"]);
  assert.equal(composer.text, "");
  assert.equal(drafts.at(-1), "");
});

test("nothing and too much are not sent", () => {
  for (const text of ["   ", "a".repeat(1001)]) {
    const { composer, sent } = makeComposer(text);
    composer.element.requestSubmit();
    assert.deepEqual(sent, []);
  }
});

const soon = () => new Promise((done) => setTimeout(done, 20));

test("the field takes the shape of what is asked, and keeps what was written", async () => {
  const { composer, field } = makeComposer("Robin");
  composer.expect("name");
  await soon();
  assert.equal(field().tagName, "INPUT");
  assert.equal(field().getAttribute("autocomplete"), "name");
  assert.equal(field().value, "Robin");
  assert.equal(composer.element.querySelector("label")!.textContent, "Your name");
  composer.expect("");
  assert.equal(composer.element.querySelector("label")!.textContent, "Your question");
  assert.equal(field().tagName, "TEXTAREA");
});

test("a shape that comes late does not stay on an open question", async () => {
  const { composer, field } = makeComposer();
  composer.expect("name");
  composer.expect("");
  await soon();
  assert.equal(field().tagName, "TEXTAREA");
});

test("near the limit the room that is left is told, and what is too much", async () => {
  const { composer } = makeComposer("a".repeat(950));
  const told = () => composer.element.querySelector("#count")!.textContent;
  await soon();
  assert.equal(told(), "Characters left: 50");
  composer.text = "a".repeat(1002);
  await soon();
  assert.equal(told(), "Characters too many: 2");
  composer.text = "a";
  await soon();
  assert.equal(told(), "");
});

for (const [slot, label] of [["phone", "Your phone number"], ["change", "What shall be changed"]] as const) {
  test(`the field for ${slot} has its own name`, async () => {
    const { composer, field } = makeComposer();
    composer.expect(slot);
    await soon();
    assert.equal(composer.element.querySelector("label")!.textContent, label);
    assert.equal(field().getAttribute("autocomplete"), slot === "phone" ? "tel" : "off");
  });
}

test("a phone number may follow where an email address may", async () => {
  const { composer, field } = makeComposer();
  composer.expect("email");
  await soon();
  assert.equal(field().getAttribute("type"), "text");
  assert.equal(field().getAttribute("inputmode"), "email");
});
