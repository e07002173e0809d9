import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, problemOf, type Problem } from "./api";

function makeApi(answer: Response | Error) {
  const calls: [string, RequestInit][] = [];
  const fetcher = (async (url: string, init: RequestInit) => {
    calls.push([url, init]);
    if (answer instanceof Error) throw answer;
    return answer;
  }) as unknown as typeof fetch;
  return { api: new Api("https://clinic.example/", fetcher), calls };
}

test("a conversation begins without a token and keeps the one it is given", async () => {
  const { api, calls } = makeApi(Response.json({ token: "secret", replies: [] }, { status: 201 }));
  await api.start({ url: "u", title: "t" });
  assert.equal(api.token, "secret");
  assert.equal((calls[0]![1].headers as Record<string, string>).Authorization, undefined);
});

test("a message carries its id and the token", async () => {
  const { api, calls } = makeApi(Response.json({ replies: [{ id: "r", kind: "say", text: "Hello" }] }));
  api.token = "secret";
  assert.equal((await api.send("1", "hi"))[0]!.text, "Hello");
  assert.equal(calls[0]![0], "https://clinic.example/api/messages");
  assert.equal((calls[0]![1].headers as Record<string, string>).Authorization, "Bearer secret");
  assert.equal(calls[0]![1].body, '{"id":"1","text":"hi"}');
});

test("a problem document tells its detail and how long to wait", async () => {
  const { api } = makeApi(Response.json({ detail: "Please wait" }, { status: 429, headers: { "Retry-After": "7" } }));
  await assert.rejects(api.send("1", "hi"), (error: Problem) => error.status === 429 && error.detail === "Please wait" && error.retryAfter === "7");
});

test("an unreachable server is status 0", async () => {
  await assert.rejects(makeApi(new TypeError("down")).api.call("GET", "messages"), (error) => problemOf(error).status === 0);
});

test("an answer that is not JSON is a failure to try again", async () => {
  await assert.rejects(makeApi(new Response("<html>")).api.call("GET", "messages"), (error) => problemOf(error).status === 0);
});
