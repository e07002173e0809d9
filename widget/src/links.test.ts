import assert from "node:assert/strict";
import { test } from "node:test";
import { safeLink } from "./links";

const BASE = "https://clinic.example/chat/";

for (const href of ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "", undefined, "http://"]) {
  test(`${href} is refused`, () => assert.equal(safeLink(href, BASE), ""));
}
for (const href of ["tel:999", "mailto:desk@example.org", "https://www.nhs.uk/"]) {
  test(`${href} is allowed`, () => assert.equal(safeLink(href, BASE), href));
}
test("a path belongs to the clinic's server", () => assert.equal(safeLink("/a.ics", BASE), "https://clinic.example/a.ics"));
