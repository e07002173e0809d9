from __future__ import annotations

import gzip
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.settings import Settings
from clinic.settings_operation import Web
from tests.web.conftest import Visitor

Open = Callable[[Settings], TestClient]
LARGEST = 3400


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern_ireland", "outside_uk"])
def test_the_script_itself_holds_the_urgent_line_and_the_clinics_phone(
    open_app: Open, settings: Settings, nation: str
) -> None:
    clinic = replace(settings.clinic, nation=nation, phone="020 7946 0999")
    with open_app(replace(settings, clinic=clinic)) as client:
        script = client.get("/widget.js").text
        line = client.app.state.help_line()  # type: ignore[attr-defined]
    assert "999" in line
    assert line.endswith("020 7946 0999.")
    assert line.replace("'", "\\u0027") in script
    assert len(gzip.compress(script.encode(), 9)) <= LARGEST


def test_no_name_of_a_clinic_breaks_the_script(open_app: Open, settings: Settings, tmp_path: Path) -> None:
    name = 'O\'Hara & "Sons" `${1}` </script> \\'
    with open_app(replace(settings, clinic=replace(settings.clinic, name=name))) as client:
        script = tmp_path / "widget.mjs"
        script.write_bytes(client.get("/widget.js").content)
    assert b"</script>" not in script.read_bytes()
    subprocess.run(["node", "--check", str(script)], check=True, timeout=20)


def test_another_phone_is_another_script(open_app: Open, settings: Settings) -> None:
    tags = set()
    for phone in ("020 7946 0001", "020 7946 0002"):
        with open_app(replace(settings, clinic=replace(settings.clinic, phone=phone))) as client:
            tags.add(client.get("/widget.js").headers["etag"])
    assert len(tags) == 2


def test_any_page_may_ask_whether_it_may_use_the_chat(open_app: Open, settings: Settings) -> None:
    with open_app(replace(settings, web=Web(allowed_origins=("https://clinic.example.org",)))) as client:
        told = {
            origin: client.get("/widget/permission", headers={"origin": origin})
            for origin in ("https://clinic.example.org", "https://other.example.org")
        }
    assert [answer.json()["allowed"] for answer in told.values()] == [True, False]
    assert told["https://other.example.org"].headers["access-control-allow-origin"] == "*"


def _opening(client: TestClient, article: str | None) -> list[str]:
    page = {"url": "https://clinic.example.org/", "title": "A page", "article": article}
    replies = client.post("/api/conversations", json={"page": page}).json()["replies"]
    return [button["say"] for button in replies[0]["buttons"]]


def test_a_page_with_an_article_suggests_what_it_answers(client: TestClient) -> None:
    suggested = _opening(client, "posterior-ankle-impingement")
    assert suggested == ["What are the symptoms?", "What causes it?", "How is it treated?"]


@pytest.mark.parametrize("article", [None, "no-such-article", "../settings"])
def test_elsewhere_questions_about_the_clinic_are_suggested(client: TestClient, article: str | None) -> None:
    assert "How much does an appointment cost?" in _opening(client, article)


def test_a_transcript_holds_what_was_said_in_order(visitor: Visitor, client: TestClient) -> None:
    visitor.say("why does my heel hurt")
    answer = client.get("/api/transcript", headers=visitor.headers)
    assert answer.headers["content-type"].startswith("text/plain")
    text = answer.text
    assert (
        text.index("Assistant, ") < text.index("why does my heel hurt") < text.index("You said: why does my heel hurt")
    )
    assert "confidence" not in text


def test_a_transcript_needs_the_token(client: TestClient) -> None:
    assert client.get("/api/transcript").status_code == 401
