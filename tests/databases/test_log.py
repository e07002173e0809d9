"""The log and its search on PostgreSQL, as on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clinic.accounts.audit_store import AuditLog
from clinic.composition import open_log
from clinic.conversations.demonstration import tell
from clinic.conversations.demonstration_month import Month
from clinic.conversations.demonstration_store import fill
from clinic.conversations.log_figures_store import LogFigures
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.search_store import Search
from clinic.db import Sessions, open_sessions
from clinic.migrations.upgrade import upgrade
from clinic.settings import Settings
from clinic.settings_file import load_settings
from tests.folding import catch_up_together

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environ(postgres: str, tmp_path: Path) -> dict[str, str]:
    tracker = f"sqlite:///{tmp_path}/tracker.db"
    places = {"POINTE_DATABASE_URL": postgres, "POINTE_TRACKER_URL": tracker}
    return {"POINTE_VAR": str(tmp_path), "POINTE_SECRET": "secret", **places}


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    opened = load_settings(ROOT, environ)
    upgrade(opened)
    return opened


@pytest.fixture
def sessions(settings: Settings) -> Iterator[Sessions]:
    opened = open_sessions(settings.database_url)
    yield opened
    opened.kw["bind"].dispose()


def say(settings: Settings, sessions: Sessions, month: Month) -> None:
    tracker = open_sessions(settings.tracker_url)
    with tracker.begin() as session:
        session.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"))
        for told in tell(month):
            fill(sessions, told)
            rows = [{"s": one["sender_id"], "d": json.dumps(one["data"])} for one in told.events]
            session.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, :d)"), rows)
    tracker.kw["bind"].dispose()


def test_two_processes_at_once_fold_each_conversation_once(
    environ: dict[str, str], settings: Settings, sessions: Sessions
) -> None:
    log, reader = open_log(settings, sessions), LogReader(sessions)
    log.catch_up()
    before = reader.count(Filter())
    say(settings, sessions, Month(400, datetime.now(UTC), seed=8))
    assert sum(catch_up_together(environ)) == 400
    assert reader.count(Filter()) == before + 400
    assert log.catch_up() == 0


def test_the_log_is_kept_found_and_forgotten(settings: Settings, sessions: Sessions) -> None:
    say(settings, sessions, Month(40, datetime.now(UTC)))
    log, reader = open_log(settings, sessions), LogReader(sessions)
    assert log.catch_up() >= 40
    assert log.catch_up() == 0
    found = reader.page(Filter(q="parking", covered="no", request="no", state="open"))
    assert found
    assert "\x02" in Search(sessions).excerpts("parking", [found[0].number])[found[0].number]
    assert reader.neighbours(Filter(), found[0])
    assert sum(
        one.conversations for one in LogFigures(sessions).hours(datetime(2026, 1, 1, tzinfo=UTC)).values()
    ) == reader.count(Filter())
    assert reader.find(found[0].id[:8]) == found[0].id
    log.erase(found[0].id)
    assert reader.line(found[0].id) is None
    AuditLog(sessions).add("ros", "shown", "4ae318f5")
    with pytest.raises(DBAPIError, match="append-only"), sessions.begin() as session:
        session.execute(text("DELETE FROM audit_entry"))
