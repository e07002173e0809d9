import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDate, formatPrice, formatTime } from "./format";

test("whole pounds have no pence", () => assert.equal(formatPrice({ amount: "45.00", currency: "GBP" }, "en-GB"), "£45"));
test("pence are kept", () => assert.equal(formatPrice({ amount: "45.50", currency: "GBP" }, "en-GB"), "£45.50"));
test("an unknown currency is written out", () => assert.equal(formatPrice({ amount: "45.00", currency: "?" }, "en-GB"), "45.00 ?"));
test("a date is written in words", () => assert.equal(formatDate("2022-10-03", "en-GB"), "3 October 2022"));
test("what is no date is left as it is", () => assert.equal(formatDate("last year", "en-GB"), "last year"));
test("what is no time is nothing", () => assert.equal(formatTime(""), ""));
test("a time is hours and minutes by the visitor's clock", () => assert.equal(formatTime(new Date(2026, 4, 1, 9, 5).toISOString()), "09:05"));
