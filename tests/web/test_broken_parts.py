"""A visitor is answered whatever is broken: a locked or full database, hung actions."""

from __future__ import annotations

import asyncio
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

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
