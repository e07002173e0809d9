import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "./identifier";

test("an id is a version 4 UUID", () => assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
test("two ids differ", () => assert.notEqual(newId(), newId()));
