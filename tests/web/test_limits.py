from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fastapi.testclient import TestClient

from clinic.settings import Settings
from clinic.settings_operation import Web
from tests.web.conftest import Visitor

Open = Callable[[Settings], TestClient]


def test_too_many_messages_get_429_with_the_seconds_to_wait(open_app: Open, settings: Settings) -> None:
    with open_app(replace(settings, web=Web(messages_per_minute=2))) as client:
        visitor = Visitor(client, client.post("/api/conversations", json={}).json()["token"])
        statuses = [visitor.say(f"message {number}").status_code for number in range(3)]
        assert statuses == [200, 200, 429]
        refused = visitor.say("one more")
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert "wait" in refused.json()["detail"]


def test_too_many_conversations_from_one_address_get_429(open_app: Open, settings: Settings) -> None:
    with open_app(replace(settings, web=Web(conversations_per_minute=1))) as client:
        assert client.post("/api/conversations", json={}).status_code == 201
        assert client.post("/api/conversations", json={}).status_code == 429


def test_only_the_exact_allowed_origin_may_read(open_app: Open, settings: Settings) -> None:
    web = Web(allowed_origins=("https://clinic.example.org",))
    with open_app(replace(settings, web=web)) as client:
        right = client.post("/api/conversations", json={}, headers={"origin": "https://clinic.example.org"})
        wrong = client.post("/api/conversations", json={}, headers={"origin": "https://clinic.example.org.evil.com"})
        assert right.headers["access-control-allow-origin"] == "https://clinic.example.org"
        assert "access-control-allow-origin" not in wrong.headers
        ask = {"origin": "https://clinic.example.org", "access-control-request-method": "POST"}
        assert client.options("/api/messages", headers=ask).status_code == 204


def test_every_page_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/healthz", "/api/messages"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in headers["content-security-policy"]


def test_the_script_is_named_by_its_content_and_not_sent_twice(client: TestClient) -> None:
    once = client.get("/widget.js")
    assert once.status_code == 200
    again = client.get("/widget.js", headers={"if-none-match": once.headers["etag"]})
    assert again.status_code == 304
    assert client.get("/widget/..%2f..%2fpackage.json").status_code == 404


def test_a_large_page_is_compressed(client: TestClient) -> None:
    page = client.get("/articles/posterior-ankle-impingement", headers={"accept-encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
