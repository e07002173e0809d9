"""An assistant of a few fixed replies that speaks the visitor contract, on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Row = dict[str, Any]
NOT_COVERED: Row = {"kind": "not_covered", "text": "Our articles do not cover that."}


@dataclass
class FakeAssistant:
    """Replies by text; `refusals` are given first, as (status, Retry-After)."""

    replies: dict[str, list[Row]] = field(default_factory=dict)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    conversations: dict[str, list[str]] = field(default_factory=dict)
    erased: list[str] = field(default_factory=list)
    address: str = ""

    def respond(self, method: str, path: str, token: str, body: Row) -> tuple[int, Row]:
        if (method, path) == ("POST", "/api/conversations"):
            token = f"token-{len(self.conversations)}"
            self.conversations[token] = []
            return 201, {"token": token, "replies": [{"kind": "say", "text": "Hello"}]}
        if token not in self.conversations:
            return 401, {"title": "no such conversation"}
        if method == "DELETE":
            self.erased.append(token)
            return 200, {"reference": "E-1"}
        self.conversations[token].append(body["text"])
        return 200, {"replies": self.replies.get(body["text"], [NOT_COVERED])}


def _handler(assistant: FakeAssistant) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            retry = ""
            if assistant.refusals:
                status, retry = assistant.refusals.pop(0)
                row: Row = {"title": "refused"}
            else:
                status, row = assistant.respond(self.command, self.path.partition("?")[0], token, body)
            data = json.dumps(row).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            if retry:
                self.send_header("Retry-After", retry)
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_DELETE = _serve

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing on standard error."""

    return Handler


@pytest.fixture
def assistant() -> Iterator[FakeAssistant]:
    fake = FakeAssistant()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield fake
    server.shutdown()
    thread.join()
    server.server_close()
