"""The proxy's configuration under a real nginx, with TLS, in front of two webs of which one hangs."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest
import trustme

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
ROOT = """daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{ client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; include {folder}/site.conf; }}"""


class Web(ThreadingHTTPServer):
    """Tells what came, or hangs; its event stream says one thing and goes on for as long as the test does."""

    daemon_threads = True

    def __init__(self) -> None:
        self.hangs, self.over = False, Event()
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b": connected\n\n")
        self.wfile.flush()
        self.server.over.wait(20)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.server.hangs:
            self.server.over.wait(20)
            return
        body = json.dumps({"headers": {name.lower(): value for name, value in self.headers.items()}, "sent": len(sent)})
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def webs() -> Iterator[list[Web]]:
    made = [Web(), Web()]
    for one in made:
        Thread(target=one.serve_forever, daemon=True).start()
    yield made
    for one in made:
        one.over.set()
        one.shutdown()
        one.server_close()


@pytest.fixture
def proxy(webs: list[Web], tmp_path: Path) -> Iterator[httpx.Client]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("no nginx here: apt-get install nginx")
    authority = trustme.CA()
    certificate = authority.issue_cert("chat.example.org", "127.0.0.1")
    certificate.private_key_pem.write_to_path(tmp_path / "privkey.pem")
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(tmp_path / "fullchain.pem", append=number > 0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    servers = "\n".join(f"    server 127.0.0.1:{one.server_port};" for one in webs)
    site = CONFIGURATION.read_text(encoding="utf-8").replace("    server pointe:8000;", servers)
    site = site.replace("/etc/nginx/tls", str(tmp_path)).replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    site = site.replace("    http2 on;\n", "")  # A directive of nginx 1.25.1; distributions have older ones.
    (tmp_path / "site.conf").write_text(site)
    (tmp_path / "nginx.conf").write_text(ROOT.format(folder=tmp_path))
    running = subprocess.Popen([program, "-p", tmp_path, "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf"])
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    try:
        _wait(port, running, tmp_path / "error.log")
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=trusted, trust_env=False, timeout=15) as client:
            yield client
    finally:
        running.terminate()
        running.wait(10)


def _wait(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert running.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


def test_the_web_learns_the_visitors_own_address_whatever_the_visitor_says(proxy: httpx.Client) -> None:
    told = proxy.post("/api/conversations", json={}, headers={"x-forwarded-for": "203.0.113.9"}).json()["headers"]
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"


def test_a_body_that_no_message_needs_is_refused(proxy: httpx.Client) -> None:
    assert proxy.post("/api/messages", content=b"x" * 200_000).status_code == 413


def test_an_event_is_passed_on_when_it_comes(proxy: httpx.Client) -> None:
    with proxy.stream("GET", "/api/events") as stream:
        assert next(stream.iter_lines()) == ": connected"


def test_a_message_to_a_web_that_hangs_is_answered_by_the_other(proxy: httpx.Client, webs: list[Web]) -> None:
    webs[0].hangs = True
    for _ in range(2):
        assert proxy.post("/api/messages", json={"id": "one", "text": "hello"}).status_code == 200
