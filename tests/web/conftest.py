from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from clinic.db import Base, open_sessions
from clinic.engine.client import EngineResponse, EngineUnavailable, UserMessage
from clinic.migrations.tables import load_stores
from clinic.settings import Settings
from clinic.settings_file import load_settings
from clinic.settings_operation import Web
from clinic.web.app import Parts, create_app

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class FakeEngine:
    """An engine that records as the real one does, and can be slow, gone, silent or flagged."""

    tracker: str
    heard: list[UserMessage] = field(default_factory=list)
    gone: bool = False
    dies_after_hearing: bool = False
    silent: bool = False
    failing: bool = False
    flag: str = ""
    seconds: float = 0.0

    async def send(self, utterance: UserMessage, seconds: float) -> EngineResponse:
        if self.gone:
            raise EngineUnavailable("gone")
        if self.seconds > seconds:
            await asyncio.sleep(0.01)
            self._record(utterance, [self._reply(utterance)])
            raise EngineUnavailable("slow")
        await asyncio.sleep(self.seconds)
        self.heard.append(utterance)
        replies = [] if self.silent else [self._reply(utterance)]
        parse = {"entities": [{"entity": "red_flag", "value": self.flag}] if self.flag else []}
        self._record(utterance, replies)
        if self.dies_after_hearing:
            raise EngineUnavailable("died")
        return EngineResponse(tuple(replies), parse)

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        entities = [{"entity": "red_flag", "value": self.flag}] if self.flag else []
        return [{"text": one, "entities": entities} for one in texts]

    async def is_ready(self) -> bool:
        return not self.gone

    def _reply(self, utterance: UserMessage) -> dict[str, Any]:
        return {
            "id": str(uuid.uuid4()),
            "kind": "error" if self.failing else "say",
            "text": f"You said: {utterance.text}",
            "sources": [],
            "buttons": [],
            "confidence": 1.234,
        }

    def _record(self, utterance: UserMessage, replies: list[dict[str, Any]]) -> None:
        user = {"event": "user", "text": utterance.text, "message_id": utterance.message_id, "timestamp": 1.0}
        rows = [user, *({"event": "bot", "data": {"custom": one}, "timestamp": 2.0} for one in replies)]
        with create_engine(self.tracker).begin() as connection:
            connection.execute(
                text("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
            )
            for row in rows:
                asked = text("INSERT INTO events (sender_id, data) VALUES (:sender, :data)")
                connection.execute(asked, {"sender": utterance.sender, "data": json.dumps(row)})


@dataclass
class Visitor:
    """A visitor with a conversation of their own."""

    client: TestClient
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    def say(self, words: str, message_id: str | None = None) -> Any:
        body = {"id": message_id or str(uuid.uuid4()), "text": words}
        return self.client.post("/api/messages", json=body, headers=self.headers)

    def history(self) -> list[dict[str, Any]]:
        return list(self.client.get("/api/messages", headers=self.headers).json()["messages"])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    environ = {"POINTE_VAR": str(tmp_path), "POINTE_SECRET": "secret"}
    loose = Web(conversations_per_minute=1000, messages_per_minute=1000)
    return replace(load_settings(ROOT, environ), web=loose)


@pytest.fixture
def engine(settings: Settings) -> FakeEngine:
    return FakeEngine(settings.tracker_url)


@pytest.fixture
def open_app(settings: Settings, engine: FakeEngine) -> Callable[[Settings], TestClient]:
    def opened(with_settings: Settings) -> TestClient:
        load_stores()
        sessions = open_sessions(with_settings.database_url)
        with sessions() as session:
            Base.metadata.create_all(session.get_bind())
        return TestClient(create_app(with_settings, Parts(engine, sessions)), raise_server_exceptions=False)

    return opened


@pytest.fixture
def client(open_app: Callable[[Settings], TestClient], settings: Settings) -> Iterator[TestClient]:
    with open_app(settings) as opened:
        yield opened


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    return Visitor(client, client.post("/api/conversations", json={}).json()["token"])
