import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from clinic.evaluation.asking import Run
from clinic.evaluation.client import AssistantError, VisitorClient, wait_seconds
from clinic.evaluation.comparison import compare_runs
from clinic.evaluation.conversation_items import BookingItem, ConversationItem, ConversationTurn, Stored
from clinic.evaluation.run import Assistant, evaluate

from .conftest import FakeAssistant

ANSWER = {
    "kind": "answer",
    "text": "From our article, under Symptoms: there is pain and swelling.",
    "sources": [{"section": "Symptoms", "aspect": "symptoms"}],
    "confidence": 0.8,
}
LINES: dict[str, list[dict[str, Any]]] = {
    "answers": [
        {"id": "a1", "text": "symptoms?", "facts": [["swell"]], "section": ["Symptoms"], "style": "keyword"},
        {"id": "a2", "text": "<b>bold</b>?", "facts": [["bone"]], "section": ["Causes"], "style": "plain"},
    ],
    "uncovered": [{"id": "u1", "text": "which tape?", "kind": "near_miss"}],
    "utterances": [{"text": "ta", "intent": "thanks"}],
    "ordinary": [{"id": "o1", "text": "symptoms?", "urgent": False}],
}


def _folder(tmp_path: Path) -> Path:
    for name, rows in LINES.items():
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def _client(assistant: FakeAssistant, waits: list[float] | None = None) -> VisitorClient:
    return VisitorClient(httpx.Client(base_url=assistant.address), sleep=(waits if waits is not None else []).append)


def test_every_line_is_asked_in_a_conversation_of_its_own_and_erased(assistant: FakeAssistant, tmp_path: Path) -> None:
    assistant.replies = {"symptoms?": [ANSWER]}
    report = evaluate(Assistant(assistant.address), _folder(tmp_path), tmp_path / "out")
    assert list(assistant.conversations.values()) == [
        ["symptoms?"],
        ["<b>bold</b>?"],
        ["which tape?"],
        ["symptoms?"],
    ]
    assert assistant.erased == list(assistant.conversations)
    assert {m.name: (m.total.passed, m.total.total) for m in report.measures} == {
        "answers": (1, 2),
        "uncovered": (1, 1),
        "ordinary, no false alarm": (1, 1),
        "questions, no false alarm": (3, 3),
    }


def test_the_page_shows_misses_with_what_was_said_and_nothing_becomes_markup(
    assistant: FakeAssistant, tmp_path: Path
) -> None:
    assistant.replies = {
        "symptoms?": [ANSWER],
        "<b>bold</b>?": [{"kind": "say", "text": "<script>1</script>"}],
    }
    parse = [{"text": "ta", "intent": "goodbye", "confidence": 0.5}]
    evaluate(Assistant(assistant.address, parse=lambda texts: parse), _folder(tmp_path), tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;bold&lt;/b&gt;?" in page
    assert "&lt;script&gt;1&lt;/script&gt;" in page
    assert "<script>" not in page
    assert "no answer was given" in page
    assert "thanks taken for goodbye: 1" in page
    assert "Coverage against precision" in page


def test_two_runs_can_be_compared(assistant: FakeAssistant, tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    evaluate(Assistant(assistant.address), folder, tmp_path / "before", only=["answers"])
    assistant.replies = {"symptoms?": [ANSWER]}
    evaluate(Assistant(assistant.address), folder, tmp_path / "after", only=["answers"])
    changes = compare_runs(tmp_path / "before" / "report.json", tmp_path / "after" / "report.json")
    assert (changes[0].measure, changes[0].before, changes[0].after) == ("answers", 0.0, 0.5)
    assert (changes[0].mended, changes[0].broken) == (("a1",), ())
    (tmp_path / "old.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="form None"):
        compare_runs(tmp_path / "old.json", tmp_path / "after" / "report.json")


def test_a_busy_assistant_is_waited_for_as_long_as_it_asks(assistant: FakeAssistant) -> None:
    assistant.refusals = [(429, "7"), (429, "")]
    waits: list[float] = []
    assert _client(assistant, waits).open() == "token-0"
    assert waits == [7.0, 1.0]


def test_a_wait_may_be_a_date_and_is_never_negative_or_endless() -> None:
    now = datetime(2025, 1, 1, 12, 0, 0, tzinfo=UTC)
    assert wait_seconds("Wed, 01 Jan 2025 12:00:30 GMT", now) == 30.0
    assert wait_seconds("Wed, 01 Jan 2025 11:00:00 GMT", now) == 0.0
    assert wait_seconds("86400", now) == 120.0
    assert wait_seconds("soon", now) == 1.0


def test_a_message_that_fails_is_a_miss_and_the_run_goes_on(assistant: FakeAssistant) -> None:
    run = Run(_client(assistant), progress=lambda line: None)
    token = run.client.open()
    assistant.refusals = [(500, "")]
    assert run._say(token, "hello").replies[0].kind == "error"
    assert run.ask("hello").replies[0].kind == "not_covered"


def test_an_assistant_that_is_not_there_is_said_so() -> None:
    with (
        httpx.Client(base_url="http://127.0.0.1:9") as http,
        pytest.raises(AssistantError, match="POST /api/conversations"),
    ):
        VisitorClient(http).open()


def test_a_request_that_still_waits_for_its_confirmation_is_confirmed(assistant: FakeAssistant) -> None:
    stated = {
        "reference": "R",
        "status": "requested",
        "name": "Ana López",
        "email": "ana@example.org",
        "notes": "",
    }
    assistant.replies = {
        "ana@example.org": [{"kind": "ask", "slot": "confirm", "text": "Shall I send it?"}],
        "yes": [{"kind": "appointment", "text": "Sent", "appointment": stated}],
    }
    item = BookingItem("b", ("ana@example.org",), "requested", "Ana López", "ana@example.org", "", ())
    (outcome,) = Run(_client(assistant), progress=lambda line: None).book(item)
    assert outcome.passed
    assert assistant.conversations["token-0"] == ["ana@example.org", "yes"]
    turns = (ConversationTurn("ana@example.org", slot="confirm", cell="form_contact, telling"),)
    held = ConversationItem("c", turns, Stored("requested", name="Ana López"))
    outcomes = Run(_client(assistant), progress=lambda line: None).hold(held)
    assert [one.passed for one in outcomes] == [True, True]
    assert assistant.conversations["token-1"] == ["ana@example.org", "yes"]
    Run(_client(assistant), progress=lambda line: None).hold(replace(held, stored=Stored("none")))
    assert assistant.conversations["token-2"] == ["ana@example.org"], "nothing was to be sent"
