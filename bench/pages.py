"""A small site on loopback: an article page with one widget, the widgets' files compressed, enough of an API."""

from __future__ import annotations

import gzip
import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from bench.embeds import EMBEDS, PEERS

DIST = Path(__file__).parents[1] / "widget" / "dist"
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>An article</title></head>
<body><main><h1>Pain at the back of the ankle</h1>{paragraphs}</main>{embed}</body></html>"""
PARAGRAPH = "<p>It often comes on when the foot is pointed down again and again, and settles with rest.</p>"
GREETING = {"id": "1", "kind": "say", "text": "Hello, what would you like to know?"}
ANSWERS = {
    "POST /api/conversations": (201, {"token": "t", "replies": [GREETING]}),
    "GET /api/messages": (200, {"messages": []}),
    "POST /hook": (200, {"data": []}),
}


class Site(ThreadingHTTPServer):
    """The server, with what it has sent since `sent` was emptied: path and bytes of each body but the page's."""

    daemon_threads = True

    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serve_site() -> Iterator[Site]:
    """The site while the block runs."""
    with Site() as site:
        Thread(target=site.serve_forever, daemon=True).start()
        try:
            yield site
        finally:
            site.shutdown()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/page/"):
            embed = EMBEDS[int(path.removeprefix("/page/"))]
            self._send(200, "text/html", PAGE.format(paragraphs=PARAGRAPH * 30, embed=embed.html).encode(), None)
        elif file := _file(path):
            self._send(200, mimetypes.guess_type(f"x{file.suffix.replace('mjs', 'js')}")[0], _packed(file), "gzip")
            self.server.sent.append((path, len(_packed(file))))
        else:
            self._answer(path)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self._answer(urlsplit(self.path).path)

    def log_message(self, *_: object) -> None:
        """Nothing is written."""

    def _answer(self, path: str) -> None:
        status, body = ANSWERS.get(f"{self.command} {path}", (404, {"title": "Not found", "status": 404}))
        content = json.dumps(body).encode()
        self._send(status, "application/json", content, None)
        if status < 400:
            self.server.sent.append((path, len(content)))

    def _send(self, status: int, kind: str | None, content: bytes, coding: str | None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind or 'application/octet-stream'}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(content)


def _file(path: str) -> Path | None:
    if path.startswith("/peers/"):
        file = PEERS / path.removeprefix("/peers/")
        return file if file.resolve().is_relative_to(PEERS.resolve()) and file.is_file() else None
    if path == "/widget.js":
        return DIST / "pointe.js"
    file = DIST / path.lstrip("/")
    return file if path.startswith("/widget/") and ".." not in path and file.is_file() else None


@cache
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)
