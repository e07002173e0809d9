import assert from "node:assert/strict";
import { test } from "node:test";
import { BLACK, contrast, makeFill, readableOn, readColour, WHITE, writeColour, type Colour } from "./colour";

const PAPERS: Colour[] = [[244, 242, 236], [37, 46, 48]];
const STEPS = [0, 51, 102, 153, 204, 255];

test("black on white is 21 to 1", () => {
  assert.equal(contrast(BLACK, WHITE), 21);
});

test("a grey of 118 on white is just above 4.5, as WCAG's own example", () => {
  assert.ok(Math.abs(contrast([118, 118, 118], WHITE) - 4.54) < 0.01);
});

test("every accent colour reads on its button and on the paper", () => {
  for (const paper of PAPERS) for (const red of STEPS) for (const green of STEPS) for (const blue of STEPS) {
    const [fill, onFill] = makeFill([red, green, blue]);
    const ink = readableOn(paper, [red, green, blue], 5.5);
    assert.ok(contrast(fill, onFill) >= 4.5, `${red} ${green} ${blue}`);
    assert.ok(contrast(ink, paper) >= 4.5, `${red} ${green} ${blue}`);
  }
});

test("a colour that reads already is left alone", () => {
  assert.deepEqual(readableOn(WHITE, [15, 92, 92]), [15, 92, 92]);
});

test("a computed colour is read and written", () => {
  assert.deepEqual(readColour("rgb(1, 2, 3)"), [1, 2, 3]);
  assert.equal(readColour("oklch(0.5 0.1 200)"), undefined);
  assert.equal(writeColour([1.4, 2, 3]), "rgb(1 2 3)");
});
