"""A visitor is answered whatever is broken: a locked or full database, hung actions."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clinic.engine.client import EngineResponse, EngineUnavailable, UserMessage
from clinic.settings import Settings
from tests.web.conftest import FakeEngine, Visitor

HEEL = "why does my heel hurt en pointe"


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    holder = sqlite3.connect(settings.var / "clinic.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


def typed(visitor: Visitor) -> list[str]:
    return [one["text"] for one in visitor.history() if one["from"] == "visitor"]


def test_a_locked_database_gets_an_apology_and_the_message_is_kept_once_it_is_free(
    visitor: Visitor, settings: Settings, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    with locked(settings):
        (apology,) = visitor.say(HEEL).json()["replies"]
    assert apology["kind"] == "error"
    assert "999" in apology["text"]
    until(lambda: typed(visitor) == [HEEL])
    assert visitor.history()[-1]["kind"] == "error"
    assert "the database" in caplog.text
    assert "heel" not in caplog.text
    assert engine.heard == []
    assert visitor.say("and how is it treated").json()["replies"][0]["kind"] == "say"


def test_the_same_message_again_after_the_lock_is_answered(visitor: Visitor, settings: Settings) -> None:
    once = str(uuid.uuid4())
    with locked(settings):
        assert visitor.say(HEEL, once).json()["replies"][0]["kind"] == "error"
    until(lambda: typed(visitor) == [HEEL])
    assert visitor.say(HEEL, once).json()["replies"][0]["kind"] == "say"
    assert typed(visitor) == [HEEL]


def test_a_database_that_locks_while_the_engine_thinks_delays_no_reply(
    visitor: Visitor, settings: Settings, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = locked(settings)

    async def send(utterance: UserMessage, seconds: float) -> EngineResponse:
        lock.__enter__()
        return EngineResponse(({"id": "1", "kind": "say", "text": "Here you are.", "sources": [], "buttons": []},), {})

    monkeypatch.setattr(engine, "send", send)
    assert visitor.say(HEEL).json()["replies"][0]["text"] == "Here you are."
    lock.__exit__(None, None, None)
    until(lambda: visitor.history()[-1].get("text") == "Here you are.")


def test_a_red_flag_gets_its_card_although_the_actions_hang(
    visitor: Visitor, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def send(utterance: UserMessage, seconds: float) -> EngineResponse:
        raise EngineUnavailable("too slow")

    async def parse(texts: list[str]) -> list[dict[str, Any]]:
        return [{"text": one, "entities": [{"entity": "red_flag", "value": "chest_pain"}]} for one in texts]

    monkeypatch.setattr(engine, "send", send)
    monkeypatch.setattr(engine, "parse", parse)
    (card,) = visitor.say("crushing chest pain").json()["replies"]
    assert (card["kind"], card["flag"]) == ("urgent", "chest_pain")


def test_an_engine_that_hangs_altogether_is_not_waited_for_twice(
    visitor: Visitor, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def send(utterance: UserMessage, seconds: float) -> EngineResponse:
        raise EngineUnavailable("too slow")

    async def parse(texts: list[str]) -> list[dict[str, Any]]:
        asked.extend(texts)
        await asyncio.sleep(60)
        return []

    monkeypatch.setattr(engine, "send", send)
    monkeypatch.setattr(engine, "parse", parse)
    assert visitor.say(HEEL).json()["replies"][0]["kind"] == "error"
    assert asked == [HEEL]
    assert typed(visitor) == [HEEL]


def test_a_red_flag_gets_its_card_though_the_database_is_locked(
    visitor: Visitor, settings: Settings, engine: FakeEngine
) -> None:
    engine.flag = "cauda_equina"
    with locked(settings):
        (card,) = visitor.say("I have numbness between my legs").json()["replies"]
    assert card["kind"] == "urgent"
    assert card["destination"] == "A&E"


def test_a_message_heard_while_the_actions_were_down_is_answered_when_it_comes_again(
    visitor: Visitor, engine: FakeEngine
) -> None:
    message_id = str(uuid.uuid4())
    engine.silent = True
    assert visitor.say(HEEL, message_id).json()["replies"][0]["kind"] == "error"
    engine.silent = False
    first = visitor.say(HEEL, message_id).json()["replies"]
    assert first[0]["kind"] == "say"
    assert visitor.say(HEEL, message_id).json()["replies"] == first
    assert typed(visitor) == [HEEL]


def test_a_message_that_an_action_failed_on_is_answered_when_it_comes_again_and_then_stays_so(
    visitor: Visitor, engine: FakeEngine
) -> None:
    message_id = str(uuid.uuid4())
    engine.failing = True
    assert visitor.say(HEEL, message_id).json()["replies"][0]["kind"] == "error"
    assert visitor.say(HEEL, message_id).json()["replies"][0]["kind"] == "error"
    engine.failing = False
    first = visitor.say(HEEL, message_id).json()["replies"]
    assert first[0]["kind"] == "say"
    assert visitor.say(HEEL, message_id).json()["replies"] == first
    assert [one.again for one in engine.heard] == [False, True, True]


def test_a_hung_storage_of_the_limits_turns_nobody_away(
    visitor: Visitor, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> bool:
        raise ConnectionError("Redis is gone")

    limits = client.app.state.reception.limits  # type: ignore[attr-defined]
    monkeypatch.setattr(limits._limiter, "hit", gone)
    assert visitor.say(HEEL).status_code == 200


def test_who_asks_for_one_stream_too_many_again_and_again_costs_the_database_nothing(
    visitor: Visitor, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reception, asked = client.app.state.reception, list[str]()  # type: ignore[attr-defined]
    find = reception.store.find
    monkeypatch.setattr(reception.store, "find", lambda token: asked.append(token) or find(token))  # type: ignore[func-returns-value]
    reception.followers._addresses["testclient"] = 10_000
    statuses = [client.get("/api/events", headers=visitor.headers).status_code for _ in range(5)]
    assert statuses == [429] * 5
    assert len(asked) == 1
    assert visitor.say(HEEL).status_code == 200


@pytest.mark.parametrize("path", ["/static/" + "a" * 300, "/articles/" + "a" * 300, "/widget/" + "b" * 300 + ".js"])
def test_a_name_too_long_for_any_file_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_stream_too_many_is_refused_with_the_time_to_wait(visitor: Visitor, client: TestClient) -> None:
    followers = client.app.state.reception.followers  # type: ignore[attr-defined]
    followers._addresses["testclient"] = 10_000
    refused = client.get("/api/events", headers=visitor.headers)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "30"


def test_a_red_flag_gets_its_card_though_the_database_is_gone(
    visitor: Visitor, settings: Settings, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(settings.var / "clinic.db") as gone:
        gone.execute("ALTER TABLE conversation RENAME TO conversation_aside")
    assert visitor.say("is it serious").status_code == 503
    assert "no such table" in caplog.text
    assert "Traceback" not in caplog.text
    engine.flag = "cauda_equina"
    (card,) = visitor.say("I cannot feel between my legs").json()["replies"]
    assert card["kind"] == "urgent"


@contextmanager
def slow(visitor: Visitor, part: str, name: str, opened: threading.Event) -> Iterator[None]:
    """A store of the web's that answers nothing at `name` until `opened`, as a database that hangs."""
    store = getattr(visitor.client.app.state.reception.turns, part)  # type: ignore[attr-defined]
    work = getattr(store, name)

    def hang(*given: Any) -> Any:
        opened.wait(20)
        return work(*given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, name, hang)
        yield


@pytest.mark.parametrize(("part", "name"), [("_store", "claim"), ("_tracker", "heard")])
def test_wherever_the_database_hangs_a_visitor_has_an_answer_within_five_seconds(
    visitor: Visitor, engine: FakeEngine, part: str, name: str
) -> None:
    message_id, opened = str(uuid.uuid4()), threading.Event()
    engine.silent = name == "heard"
    visitor.say(HEEL, message_id)
    engine.silent = False
    with slow(visitor, part, name, opened):
        began = time.monotonic()
        visitor.say(HEEL, message_id)
        visitor.say("and how is it treated")
        assert time.monotonic() - began < 10
        opened.set()
    until(lambda: visitor.say(HEEL, message_id).json()["replies"][0]["kind"] == "say")
    assert typed(visitor)[0] == HEEL
