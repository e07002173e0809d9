from __future__ import annotations

import sqlite3
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clinic.settings import Settings
from tests.web.conftest import FakeEngine, Visitor

HEEL = "why does my heel hurt en pointe"


def test_a_conversation_opens_with_greeting_and_privacy_notice(client: TestClient) -> None:
    opened = client.post("/api/conversations", json={})
    assert opened.status_code == 201
    greeting, notice = opened.json()["replies"]
    assert "Flawless Physio" in greeting["text"]
    assert "90 days" in notice["text"]
    assert len(opened.json()["token"]) >= 40


def test_the_conversations_own_id_never_leaves_the_server(visitor: Visitor, engine: FakeEngine) -> None:
    answer = visitor.say(HEEL)
    sender = engine.heard[0].sender
    seen = answer.text + str(visitor.history()) + str(dict(answer.headers)) + visitor.token
    assert sender not in seen


def test_a_message_is_answered_and_kept(visitor: Visitor) -> None:
    replies = visitor.say(HEEL).json()["replies"]
    assert replies[0]["text"] == f"You said: {HEEL}"
    said = visitor.history()
    assert [one["from"] for one in said] == ["assistant", "assistant", "visitor", "assistant"]
    assert said[2]["text"] == HEEL


def test_the_same_id_again_gets_the_same_replies_and_is_heard_once(visitor: Visitor, engine: FakeEngine) -> None:
    once = str(uuid.uuid4())
    assert visitor.say(HEEL, once).json() == visitor.say(HEEL, once).json()
    assert len(engine.heard) == 1


def test_two_at_once_under_one_id_are_heard_once(visitor: Visitor, engine: FakeEngine) -> None:
    engine.seconds = 0.3
    once = str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: visitor.say(HEEL, once).json(), range(4)))
    assert all(answer == answers[0] for answer in answers)
    assert len(engine.heard) == 1


def test_the_same_id_with_another_text_is_a_conflict(visitor: Visitor) -> None:
    once = str(uuid.uuid4())
    visitor.say(HEEL, once)
    refused = visitor.say("something else", once)
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"


def test_when_the_engine_is_gone_the_visitor_hears_so_and_a_retry_is_answered(
    visitor: Visitor, engine: FakeEngine
) -> None:
    once, engine.gone = str(uuid.uuid4()), True
    failed = visitor.say(HEEL, once).json()["replies"]
    assert [one["kind"] for one in failed] == ["error"]
    assert "020 7946 0123" in failed[0]["text"]
    assert "999" in failed[0]["text"]
    engine.gone = False
    assert visitor.say(HEEL, once).json()["replies"][0]["kind"] == "say"
    assert [one["from"] for one in visitor.history()[2:]] == ["visitor", "assistant"]


def test_if_the_engine_died_after_hearing_what_it_recorded_decides(visitor: Visitor, engine: FakeEngine) -> None:
    once, engine.dies_after_hearing = str(uuid.uuid4()), True
    assert visitor.say(HEEL, once).json()["replies"][0]["kind"] == "error"
    engine.dies_after_hearing = False
    assert visitor.say(HEEL, once).json()["replies"][0]["text"] == f"You said: {HEEL}"
    assert len(engine.heard) == 1


def test_an_answer_that_came_too_late_is_in_the_history(visitor: Visitor, engine: FakeEngine) -> None:
    engine.seconds = 60.0
    assert visitor.say(HEEL).json()["replies"][0]["kind"] == "error"
    assert visitor.history()[-1]["text"] == f"You said: {HEEL}"


def test_a_red_flag_gets_its_card_though_the_actions_are_down(visitor: Visitor, engine: FakeEngine) -> None:
    engine.silent, engine.flag = True, "chest_pain"
    card = visitor.say("crushing pain in my chest").json()["replies"]
    assert [one["kind"] for one in card] == ["urgent"]
    assert card[0]["destination"] == "999"


def test_no_reply_from_the_actions_is_never_a_silence(visitor: Visitor, engine: FakeEngine) -> None:
    engine.silent = True
    assert [one["kind"] for one in visitor.say(HEEL).json()["replies"]] == ["error"]


BAD: list[tuple[Any, int]] = [
    ({"id": str(uuid.uuid4()), "text": ""}, 400),
    ({"id": str(uuid.uuid4()), "text": " \n\t "}, 400),
    ({"id": str(uuid.uuid4()), "text": "\u200b\u200d\ufeff"}, 400),
    ({"id": str(uuid.uuid4()), "text": "a" * 1001}, 413),
    ({"id": str(uuid.uuid4()), "text": 7}, 400),
    ({"id": "not-a-uuid", "text": "hello"}, 400),
    ({"text": "hello"}, 400),
    ({"id": str(uuid.uuid4()), "text": "hello", "intent": "affirm"}, 400),
    ([], 400),
]


@pytest.mark.parametrize(("body", "status"), BAD)
def test_bad_messages_get_a_problem_document(visitor: Visitor, body: Any, status: int) -> None:
    refused = visitor.client.post("/api/messages", json=body, headers=visitor.headers)
    assert refused.status_code == status
    assert set(refused.json()) == {"type", "title", "status", "detail"}


def test_broken_json_and_ten_megabytes_are_refused(visitor: Visitor) -> None:
    headers = {**visitor.headers, "content-type": "application/json"}
    assert visitor.client.post("/api/messages", content=b"{broken", headers=headers).status_code == 400
    assert visitor.client.post("/api/messages", content=b"x" * 10_000_000, headers=headers).status_code == 413
    assert visitor.say(HEEL).status_code == 200


ODD = [
    "🩰🩰",
    "ألم في الكعب",
    "<script>alert(1)</script>",
    "/restart",
    '  /ask_price{"x":1}',
    "a" * 1000,
    "e\u0301" * 1000,
]


@pytest.mark.parametrize("words", ODD)
def test_odd_but_lawful_messages_are_heard_as_they_were_typed(visitor: Visitor, words: str) -> None:
    assert visitor.say(words).status_code == 200
    typed = [one["text"] for one in visitor.history() if one["from"] == "visitor"]
    assert typed == [words.replace("e\u0301", "é")]


def test_an_unknown_or_missing_token_is_401(client: TestClient) -> None:
    body = {"id": str(uuid.uuid4()), "text": "hello"}
    assert client.post("/api/messages", json=body).status_code == 401
    assert client.get("/api/messages", headers={"authorization": "Bearer nonsense"}).status_code == 401


def test_feedback_is_kept_and_only_for_replies_of_this_conversation(visitor: Visitor) -> None:
    reply = visitor.say(HEEL).json()["replies"][0]["id"]
    path = f"/api/replies/{reply}/feedback"
    assert visitor.client.post(path, json={"helpful": True}, headers=visitor.headers).status_code == 204
    stranger = visitor.client.post("/api/conversations", json={}).json()["token"]
    refused = visitor.client.post(path, json={"helpful": False}, headers={"authorization": f"Bearer {stranger}"})
    assert refused.status_code == 404


def test_an_erased_conversation_is_gone_from_both_databases(visitor: Visitor) -> None:
    visitor.say("my number is 07700 900123")
    erased = visitor.client.request("DELETE", "/api/conversations", headers=visitor.headers)
    assert erased.json()["reference"].startswith("E-")
    assert visitor.client.get("/api/messages", headers=visitor.headers).status_code == 401
    left = [path.read_bytes() for path in visitor.client.app.state.settings.var.rglob("*") if path.is_file()]  # type: ignore[attr-defined]
    assert not any(b"07700 900123" in content for content in left)


def test_how_well_an_answer_fitted_is_told_to_whoever_measures_and_to_no_visitor(visitor: Visitor) -> None:
    assert "confidence" not in visitor.say(HEEL).text
    assert "confidence" not in str(visitor.history())
    visitor.client.headers["x-pointe-operator"] = "secret"
    assert visitor.say(HEEL).json()["replies"][0]["confidence"] == 1.234


def test_nothing_of_a_question_outlives_an_erasure_in_the_middle_of_its_answer(
    client: TestClient, engine: FakeEngine, settings: Settings
) -> None:
    engine.seconds = 0.05
    for number in range(24):
        visitor = Visitor(client, client.post("/api/conversations", json={}).json()["token"])
        asking = threading.Thread(target=visitor.say, args=(f"can you cure okapinumbat of the trunk {number}",))
        asking.start()
        time.sleep(0.002 * number)
        assert client.delete("/api/conversations", headers=visitor.headers).status_code == 200
        asking.join()
    left = [path.name for path in settings.var.rglob("*") if path.is_file() and b"okapinumbat" in path.read_bytes()]
    assert left == []


def test_a_comment_with_a_nul_is_kept_without_it(visitor: Visitor, settings: Settings) -> None:
    visitor.say("hello")
    reply = visitor.history()[-1]["id"]
    answer = visitor.client.post(
        f"/api/replies/{reply}/feedback", json={"helpful": True, "comment": "a\x00b"}, headers=visitor.headers
    )
    assert answer.status_code == 204
    with sqlite3.connect(settings.var / "clinic.db") as kept:
        assert kept.execute("SELECT comment FROM feedback").fetchall() == [("ab",)]


@pytest.mark.parametrize("blank", ["\u3164", "\u2800", "\uffa0\u115f"])
def test_a_message_of_blanks_that_pass_for_letters_is_empty(visitor: Visitor, blank: str) -> None:
    assert visitor.say(blank).status_code == 400
