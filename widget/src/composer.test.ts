import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Composer } from "./composer";
import { strings } from "./strings";
import { useDocument } from "./testing";

beforeEach(useDocument);

function makeComposer(draft = "") {
  const sent: string[] = [];
  const drafts: string[] = [];
  const composer = new Composer({ send: (text) => sent.push(text), keepDraft: (text) => drafts.push(text) }, strings, draft);
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

test("the field takes the shape of what is asked, and keeps what was written", () => {
  const { composer, field } = makeComposer("Robin");
  composer.expect("name");
  assert.equal(field().tagName, "INPUT");
  assert.equal(field().getAttribute("autocomplete"), "name");
  assert.equal(field().value, "Robin");
  assert.equal(composer.element.querySelector("label")!.textContent, "Your name");
  composer.expect("");
  assert.equal(field().tagName, "TEXTAREA");
});

test("a phone number may follow where an email address may", () => {
  const { composer, field } = makeComposer();
  composer.expect("email");
  assert.equal(field().getAttribute("type"), "text");
  assert.equal(field().getAttribute("inputmode"), "email");
});
