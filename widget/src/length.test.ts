import assert from "node:assert/strict";
import { test } from "node:test";
import { countCharacters } from "./length";

test("an emoji is one character", () => assert.equal(countCharacters("🦶"), 1));
test("a letter and its combining accent are one", () => assert.equal(countCharacters("e\u0301"), 1));
test("nothing is none", () => assert.equal(countCharacters(""), 0));
