"""Parts that hang, files that are gone, a database that is locked, a disk that is full: answered, kept, mended."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.whole.conftest import ROOT, Whole, kinds, say

QUESTION = "what is posterior ankle impingement"
# The promise is five seconds; the rest is for a machine that is busy with other tests.
PROMISED = 6.0


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """A program, its own processes included, hangs."""
    os.killpg(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(pid, signal.SIGCONT)


@contextmanager
def writing_nothing(pid: int) -> Iterator[None]:
    """A process whose every write to a file fails, as on a full disk."""
    group = [one for one in _processes() if os.getpgid(one) == pid]
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    for one in group:
        resource.prlimit(one, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        for one in group:
            resource.prlimit(one, resource.RLIMIT_FSIZE, before)


def _processes() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit() and (one / "stat").exists()]


@contextmanager
def locked(whole: Whole, name: str) -> Iterator[None]:
    holder = sqlite3.connect(whole.var / name, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def _soon(holds: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.5)


def _answered(client: httpx.Client) -> bool:
    return "error" not in kinds(say(client, QUESTION))


def _typed(client: httpx.Client) -> list[str]:
    return [one["text"] for one in client.get("/api/messages").json()["messages"] if one["from"] == "visitor"]


def _apology(client: httpx.Client, words: str) -> dict[str, Any]:
    began = time.monotonic()
    (apology,) = say(client, words)
    assert time.monotonic() - began < PROMISED
    assert apology["kind"] == "error"
    assert "999" in apology["text"]
    assert "020 7946 0123" in apology["text"]
    return dict(apology)


def test_a_hung_engine_is_not_waited_for(whole: Whole) -> None:
    with whole.client() as client:
        with stopped(whole.part("-m engine run")):
            _apology(client, "why does it hurt on pointe")
        assert _typed(client) == ["why does it hurt on pointe"]
        assert "a message was not answered" in whole.log("web")
        _soon(lambda: _answered(client))


def test_hung_actions_are_not_waited_for_and_a_red_flag_still_gets_its_card(whole: Whole) -> None:
    with whole.client() as asker, whole.client() as flagged:
        with stopped(whole.part("-m actions")):
            _apology(asker, "why does it hurt on pointe")
            (card,) = say(flagged, "crushing chest pain and my left arm is heavy")
            assert (card["kind"], card["destination"]) == ("urgent", "999")
        assert _typed(asker) == ["why does it hurt on pointe"]
        _soon(lambda: _answered(asker))


def test_a_locked_database_keeps_the_message_for_later(whole: Whole) -> None:
    with whole.client() as client:
        with locked(whole, "clinic.db"):
            _apology(client, "why does it hurt on pointe")
        _soon(lambda: _typed(client) == ["why does it hurt on pointe"])
        assert "the database" in whole.log("web")
        assert "on pointe" not in whole.log("web")
        assert _answered(client)


def test_the_engines_locked_database_delays_nobody(whole: Whole) -> None:
    with whole.client() as client:
        with locked(whole, "tracker.db"):
            began = time.monotonic()
            assert say(client, "why does it hurt on pointe")
            assert time.monotonic() - began < PROMISED
        assert _typed(client) == ["why does it hurt on pointe"]
        _soon(lambda: _answered(client))


def test_a_full_disk_keeps_the_message_until_there_is_room(whole: Whole) -> None:
    with whole.client() as client:
        with writing_nothing(whole.part("clinic web")):
            _apology(client, "why does it hurt on pointe")
        _soon(lambda: _typed(client) == ["why does it hurt on pointe"])
        assert "the database failed; it is tried again" in whole.log("web")
        assert _answered(client)


def test_an_action_that_cannot_write_apologises(whole: Whole) -> None:
    with whole.client() as client:
        say(client, "I'd like to book an appointment")
        say(client, "Nell Dowd, nell@example.org, sore heel")
        with writing_nothing(whole.part("-m actions")):
            assert kinds(say(client, "yes")) == ["error"]
        _soon(lambda: "appointment" in kinds(say(client, "yes please, send it")), 20)


def test_an_engine_without_its_encoder_answers_again_once_the_file_is_back(whole: Whole) -> None:
    model = ROOT / "models" / "encoder" / "model.onnx"
    aside = model.with_suffix(".aside")
    with whole.client() as client:
        model.rename(aside)
        try:
            assert _answered(client)
            os.kill(whole.part("-m engine run"), signal.SIGKILL)
            _soon(lambda: "it ends and is started again" in whole.log("engine"))
            _apology(client, "why does it hurt on pointe")
            assert "The sentence encoder" in whole.log("engine")
        finally:
            aside.rename(model)
        _soon(lambda: _answered(client), 180)
        assert "why does it hurt on pointe" in _typed(client)
