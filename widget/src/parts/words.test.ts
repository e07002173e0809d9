import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { strings } from "../strings";
import { useDocument } from "../testing";
import { readWords } from "./words";

beforeEach(useDocument);

function putJson(text: string) {
  const script = document.createElement("script");
  script.type = "application/json";
  script.id = "words";
  script.textContent = text;
  document.body.append(script);
}

test("words come from inline JSON", async () => {
  putJson('{"send": "Envoyer", "title": "x"}');
  const own = (await readWords("#words"))(strings);
  assert.equal(own.send, "Envoyer");
  assert.equal(own.title, "x");
});

test("broken JSON leaves ours", async () => {
  putJson("{");
  assert.equal((await readWords("words"))(strings).send, "Send");
});
