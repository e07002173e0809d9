import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Host } from "./options";
import { loadStrings } from "./strings-source";
import { useDocument } from "./testing";

beforeEach(useDocument);
const hostWith = (options: Record<string, string>) => ({ option: (name: string) => options[name] ?? null }) as unknown as Host;

function putJson(text: string) {
  const script = document.createElement("script");
  script.type = "application/json";
  script.id = "words";
  script.textContent = text;
  document.body.append(script);
}

test("words come from inline JSON, the title from its own attribute", async () => {
  putJson('{"send": "Envoyer", "title": "x"}');
  const strings = await loadStrings(hostWith({ strings: "#words", title: "Cabinet" }));
  assert.equal(strings.send, "Envoyer");
  assert.equal(strings.title, "Cabinet");
});

test("broken JSON leaves ours", async () => {
  putJson("{");
  assert.equal((await loadStrings(hostWith({ strings: "words" }))).send, "Send");
});
