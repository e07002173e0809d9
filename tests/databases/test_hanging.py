"""A PostgreSQL or a Redis that accepts and never answers holds nobody for longer than promised."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from starlette.requests import Request

from clinic import db
from clinic.db import connect, wait_at_most
from clinic.settings_file import load_settings
from clinic.web.limits import Limits
from tests.databases.relay import Relay

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


@pytest.fixture(autouse=True)
def hurried() -> Iterator[None]:
    before = db._longest_wait
    wait_at_most(1.0)
    yield
    wait_at_most(before)


def test_a_database_that_accepts_and_never_answers_is_given_up(silent: int) -> None:
    engine = connect(f"postgresql://pointe@127.0.0.1:{silent}/pointe")
    began = time.monotonic()
    with pytest.raises(OperationalError):
        engine.connect()
    assert time.monotonic() - began < 5


def test_a_database_that_stops_answering_is_given_up_and_asked_anew_when_it_is_back(postgres: str) -> None:
    relay = Relay(int(postgres.rsplit(":", 1)[1].split("/")[0]))
    engine = connect(f"postgresql://pointe@127.0.0.1:{relay.port}/postgres")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
        relay.swallows = True
        began = time.monotonic()
        with pytest.raises(OperationalError, match="did not answer"):
            connection.execute(text("SELECT 2"))
        assert time.monotonic() - began < 5
    relay.swallows = False
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 3")).scalar() == 3
    engine.dispose()
    relay.close()


def test_limits_kept_in_a_redis_that_hangs_hold_a_visitor_for_half_a_second(silent: int) -> None:
    settings = load_settings(ROOT, {"POINTE_SECRET": "secret"})
    limits = Limits(replace(settings, redis_url=f"redis://127.0.0.1:{silent}/0"))
    request = Request({"type": "http", "headers": [], "client": ("127.0.0.1", 1)})
    began = time.monotonic()
    for _ in range(20):
        limits.check_message(request, "conversation")
    assert time.monotonic() - began < 0.5
    limits.close()
