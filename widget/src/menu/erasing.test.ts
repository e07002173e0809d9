import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReply } from "../testing";
import type { Entry } from "../transcript";
import { pendingRequests } from "./erasing";

const told = (reference: string, status: "requested" | "changed" | "cancelled"): Entry =>
  ({ from: "assistant", key: reference + status, at: "", reply: makeReply({ kind: "appointment", appointment: { reference, status } }) });

test("an appointment and a call may both be pending", () => {
  assert.deepEqual(pendingRequests([told("A-1", "requested"), told("C-2", "requested"), told("A-1", "changed")]), ["A-1", "C-2"]);
});
test("what was withdrawn is not pending", () => {
  assert.deepEqual(pendingRequests([told("A-1", "requested"), told("A-1", "cancelled")]), []);
});
