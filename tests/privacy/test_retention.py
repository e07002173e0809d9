from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from clinic.composition import open_erasure
from clinic.conversations.model import Page
from clinic.conversations.store import Conversations
from clinic.db import Base, Sessions, open_sessions
from clinic.knowledge.unanswered_store import Gap, add_gap, load_gaps
from clinic.migrations.tables import load_stores
from clinic.privacy.retention import retire
from clinic.settings import Settings
from clinic.settings_file import load_settings

ROOT = Path(__file__).resolve().parents[2]
WORDS = "a peculiar purple twinge"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(load_settings(ROOT, {"POINTE_VAR": str(tmp_path), "POINTE_SECRET": "secret"}), var=tmp_path)


@pytest.fixture
def sessions(settings: Settings) -> Sessions:
    load_stores()
    opened = open_sessions(settings.database_url)
    with opened() as session:
        Base.metadata.create_all(session.get_bind())
    return opened


def _talk(settings: Settings, sessions: Sessions) -> str:
    """A conversation in both databases, with an unanswered question."""
    store = Conversations(sessions, timedelta(days=30))
    _, conversation = store.start(Page(), [])
    store.messages.claim(conversation.id, str(uuid.uuid4()), WORDS)
    add_gap(sessions, Gap(WORDS, "", "weak", datetime.now(UTC)), conversation.id)
    with create_engine(settings.tracker_url).begin() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        )
        row = {"sender": conversation.id, "data": json.dumps({"event": "user", "text": WORDS})}
        connection.execute(text("INSERT INTO events (sender_id, data) VALUES (:sender, :data)"), row)
    return conversation.id


def test_a_year_old_conversation_is_retired_and_no_byte_of_it_is_left(settings: Settings, sessions: Sessions) -> None:
    _talk(settings, sessions)
    store, erasure = Conversations(sessions, timedelta(days=30)), open_erasure(settings, sessions)
    next_year = datetime.now(UTC) + timedelta(days=365)
    assert retire(store.silent_since, erasure, next_year, 90) == 1
    assert load_gaps(sessions) == []
    left = [path.name for path in settings.var.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]
    assert left == []


def test_a_conversation_of_last_week_stays(settings: Settings, sessions: Sessions) -> None:
    conversation = _talk(settings, sessions)
    store, erasure = Conversations(sessions, timedelta(days=30)), open_erasure(settings, sessions)
    assert retire(store.silent_since, erasure, datetime.now(UTC) + timedelta(days=7), 90) == 0
    assert [one.text for one in store.messages.of(conversation)] == [WORDS]


def test_what_a_turn_in_flight_wrote_after_the_erasure_goes_too(settings: Settings, sessions: Sessions) -> None:
    conversation = _talk(settings, sessions)
    erasure = open_erasure(settings, sessions)
    reference = erasure.erase(conversation, keep_appointment=False)
    with create_engine(settings.tracker_url).begin() as connection:
        row = {"sender": conversation, "data": json.dumps({"event": "user", "text": WORDS})}
        connection.execute(text("INSERT INTO events (sender_id, data) VALUES (:sender, :data)"), row)
    assert erasure.sweep(timedelta(seconds=-1)) == 1
    content = b"".join(path.read_bytes() for path in settings.var.rglob("*") if path.is_file())
    assert WORDS.encode() not in content
    assert conversation.encode() not in content
    assert reference.encode() in content
