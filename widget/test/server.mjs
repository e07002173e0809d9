/** A server of the visitor contract in memory, for browser tests: canned replies, failures on demand. */
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { Conversations } from "./conversations.mjs";
import { serveFile } from "./files.mjs";

const PROBLEMS = {
  400: "Please write a few words.", 401: "This chat has expired.", 409: "This id was used before.",
  413: "That message is too long.", 429: "You are writing very fast. Please wait a moment.",
  500: "", 503: "The assistant is being looked after. Please call 020 7946 0000.",
};

const state = { conversations: new Conversations(), failures: [], delay: 0, events: true, blocked: false, log: [] };

const readBody = async (request) => {
  let text = "";
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : {};
};

function json(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": status >= 400 ? "application/problem+json" : "application/json", ...headers });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

/** As a server answers a page of an origin that it was not told of: the browser lets that page read nothing. */
function refuse(response) {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(400).end();
}

function problem(response, status, headers) {
  json(response, status, { type: "about:blank", title: String(status), status, detail: PROBLEMS[status] ?? "" }, headers);
}

/** A failure asked for by a test: `{on: "POST /api/messages", status, times, retryAfter}`; `drop` hangs up after hearing. */
function failureFor(key) {
  const failure = state.failures.find((each) => key.startsWith(each.on) && each.times > 0);
  if (failure) failure.times -= 1;
  return failure;
}

async function control(path, request, response) {
  const body = await readBody(request);
  if (path === "/__test/reset") Object.assign(state, { conversations: new Conversations(), failures: [], delay: 0, events: true, blocked: false, log: [] });
  if (path === "/__test/set") Object.assign(state, body);
  if (path === "/__test/fail") state.failures.push({ times: 1, ...body });
  if (path === "/__test/expire") state.conversations.expireAll();
  json(response, 200, { log: state.log, messages: state.conversations.allMessages() });
}

function stream(request, response, chat) {
  if (!state.events) return problem(response, 404);
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(": open\n\n");
  request.on("close", chat.listen((message) => response.write(`data: ${JSON.stringify(message)}\n\n`)));
}

async function api(key, url, request, response) {
  const body = await readBody(request);
  state.log.push({ key, body });
  const failure = failureFor(key);
  if (failure && !failure.drop) {
    return problem(response, failure.status, failure.retryAfter ? { "Retry-After": String(failure.retryAfter) } : {});
  }
  if (key === "POST /api/conversations") return json(response, 201, state.conversations.start(body));
  const chat = state.conversations.find(request.headers.authorization);
  if (!chat) return problem(response, 401);
  if (key === "GET /api/events") return stream(request, response, chat);
  if (key === "GET /api/transcript") {
    response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" });
    return response.end(chat.messages.map(({ from, text }) => `${from}: ${text}`).join("\n\n"));
  }
  if (key === "GET /api/messages") return json(response, 200, { messages: chat.messages });
  if (key === "DELETE /api/conversations") return json(response, 200, { reference: state.conversations.erase(chat) });
  if (key.endsWith("/feedback")) return json(response, 204);
  if (key !== "POST /api/messages") return problem(response, 404);
  if ([...body.text.normalize("NFC")].length > 1000) return problem(response, 413);
  const replies = chat.hear(body.id, body.text);
  if (!replies) return problem(response, 409);
  if (failure?.drop) return request.socket.destroy();
  if (replies.some(({ erased }) => erased)) state.conversations.erase(chat);
  setTimeout(() => json(response, 200, { replies }), state.delay);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  const cors = { "Access-Control-Allow-Origin": request.headers.origin ?? "*", "Access-Control-Allow-Headers": "authorization, content-type", "Access-Control-Allow-Methods": "GET, POST, DELETE" };
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
  try {
    if (request.method === "OPTIONS") return json(response, 204);
    if (url.pathname.startsWith("/__test/")) return await control(url.pathname, request, response);
    if (url.pathname === "/widget/permission") return json(response, 200, { allowed: !state.blocked });
    if (url.pathname.startsWith("/api/") && state.blocked) return refuse(response);
    if (url.pathname.startsWith("/api/")) return await api(`${request.method} ${url.pathname}`, url, request, response);
    state.log.push({ key: `GET ${url.pathname}` });
    await serveFile(url, response, randomUUID());
  } catch (error) {
    if (!response.headersSent) problem(response, error instanceof SyntaxError ? 400 : 500);
    if (!(error instanceof SyntaxError)) console.error(error);
  }
});

server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
