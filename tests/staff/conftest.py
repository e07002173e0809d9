from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from clinic.accounts.model import ROLES, Role
from clinic.accounts.store import Accounts
from clinic.composition import open_log
from clinic.conversations.demonstration import tell
from clinic.conversations.demonstration_month import Month
from clinic.conversations.demonstration_store import fill
from clinic.conversations.log_reading_store import LogReader
from clinic.db import Base, Sessions, open_sessions
from clinic.engine.client import EngineResponse, UserMessage
from clinic.migrations.tables import load_stores
from clinic.settings import Settings
from clinic.settings_file import load_settings
from clinic.web.app import Parts, create_app

ROOT = Path(__file__).resolve().parents[2]
WORDS = "four quiet green kettles"


class SilentEngine:
    async def send(self, utterance: UserMessage, seconds: float) -> EngineResponse:
        return EngineResponse((), {})

    async def parse(self, texts: list[str]) -> list[dict[str, object]]:
        return [{"text": one} for one in texts]

    async def is_ready(self) -> bool:
        return True


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(ROOT, {"POINTE_VAR": str(tmp_path), "POINTE_SECRET": "secret"})


@pytest.fixture
def sessions(settings: Settings) -> Sessions:
    load_stores()
    made = open_sessions(settings.database_url)
    Base.metadata.create_all(made.kw["bind"])
    return made


@pytest.fixture
def visit(settings: Settings, sessions: Sessions) -> Iterator[Callable[[], TestClient]]:
    """Another browser at each call, on one running application."""
    app = create_app(settings, Parts(SilentEngine(), sessions))
    with TestClient(app) as first:
        assert first.get("/healthz").status_code == 200
        yield lambda: TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def sign_in(visit: Callable[[], TestClient], sessions: Sessions) -> Callable[[Role], TestClient]:
    for role in ROLES:
        Accounts(sessions).add(f"a-{role}", role, WORDS)

    def signed(role: Role) -> TestClient:
        client = visit()
        answer = client.post("/login", data={"name": f"a-{role}", "password": WORDS})
        assert answer.status_code == 303
        return client

    return signed


@pytest.fixture
def log(settings: Settings, sessions: Sessions) -> LogReader:
    with create_engine(settings.tracker_url).begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"))
        for told in tell(Month(60, datetime.now(UTC))):
            fill(sessions, told)
            rows = [{"s": one["sender_id"], "d": json.dumps(one["data"])} for one in told.events]
            connection.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, :d)"), rows)
    open_log(settings, sessions).catch_up()
    return LogReader(sessions)


def csrf_of(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/staff/account").text)
    assert found
    return found[1]
