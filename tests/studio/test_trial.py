"""Trial chats, with a small engine on loopback that answers as the real one's /try does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from clinic.conversations.log_tables_store import LogTurnRow
from clinic.conversations.tables_store import ConversationRow, MessageRow
from clinic.db import Sessions
from clinic.settings import Settings
from clinic.teaching.trials_store import TrialChatRow, TrialLinkRow, Trials
from tests.studio.conftest import Trainer

TRY = "/studio/try"


class Engine(BaseHTTPRequestHandler):
    heard: list[dict[str, Any]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
        Engine.heard.append(sent)
        told = {
            "replies": [{"id": "r", "kind": "not_covered", "text": f"You said: {sent['text']}"}],
            "parse": {"intent": {"name": "nlu_fallback"}, "intent_ranking": [{"name": "greet", "confidence": 0.3}]},
            "events": [*sent["events"], {"event": "user", "text": sent["text"]}],
        }
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def engine(settings: Settings, trainer: Trainer) -> Iterator[list[dict[str, Any]]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Engine)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app: Any = trainer.client.app
    app.state.settings = replace(settings, engine=replace(settings.engine, port=server.server_address[1]))
    Engine.heard.clear()
    yield Engine.heard
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_trial_chat_remembers_and_leaves_no_trace_in_the_log(
    trainer: Trainer, engine: list[dict[str, Any]], sessions: Sessions
) -> None:
    _, chat = trainer.post(TRY, do="chat")
    trainer.post(chat, text="hello")
    trainer.post(chat, text="and then?")
    shown = trainer.read(chat)
    assert "You said: and then?" in shown
    assert "This is not in the log" in shown
    assert [len(one["events"]) for one in engine] == [0, 1]
    assert all(one["sender"].startswith("trial-") for one in engine)
    with sessions() as session:
        for table in (ConversationRow, MessageRow, LogTurnRow):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    assert "hello" not in trainer.read("/studio/inbox")


def test_a_colleague_chats_without_an_account_and_it_lands_in_the_inbox_as_a_test(
    trainer: Trainer, engine: list[dict[str, Any]]
) -> None:
    trainer.post(TRY, do="link", days="3")
    found = re.search(r"/try/([\w-]{20,})", trainer.read(TRY))
    assert found
    colleague = TestClient(trainer.client.app, follow_redirects=False)
    assert "call 999" in colleague.get(f"/try/{found[1]}").text
    chat = colleague.post(f"/try/{found[1]}").headers["location"]
    colleague.post(chat, data={"text": "my number is 07700 900123"})
    assert "You said: my number" in colleague.get(chat).text
    inbox = trainer.read("/studio/inbox")
    assert "my number is [phone]" in inbox
    assert "test chat" in inbox
    trainer.post(TRY, do="end", token=found[1])
    assert colleague.get(chat).status_code == 404
    assert "my number" not in trainer.read("/studio/inbox")


def test_an_expired_link_says_so_and_its_chats_are_deleted(trainer: Trainer, sessions: Sessions) -> None:
    token = Trials(sessions).make_link("tess", 1)
    Trials(sessions).begin("a colleague", link=token)
    with sessions.begin() as session:
        for table in (TrialChatRow, TrialLinkRow):
            session.execute(update(table).values(expires=datetime.now(UTC) - timedelta(seconds=1)))
    answer = TestClient(trainer.client.app).get(f"/try/{token}")
    assert (answer.status_code, "This link has expired" in answer.text) == (404, True)
    Trials(sessions).sweep()
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(TrialChatRow)) == 0


def test_a_chat_cannot_be_read_under_another_link(trainer: Trainer, sessions: Sessions) -> None:
    mine, other = (Trials(sessions).make_link("tess", 1) for _ in range(2))
    chat = Trials(sessions).begin("a colleague", link=mine)
    assert TestClient(trainer.client.app).get(f"/try/{other}/{chat.id}").status_code == 404


def test_an_engine_that_is_gone_is_said_and_the_words_are_not_lost(
    trainer: Trainer, sign_in: Callable[[str], Trainer], settings: Settings
) -> None:
    app: Any = trainer.client.app
    app.state.settings = replace(settings, engine=replace(settings.engine, port=9))
    _, chat = trainer.post(TRY, do="chat")
    status, said = trainer.post(chat, text="hello")
    assert (status, "Nothing was answered" in said, 'value="hello"' in said) == (409, True, True)


def test_whoever_has_a_link_may_not_ask_without_end(trainer: Trainer, sessions: Sessions) -> None:
    token = Trials(sessions).make_link("tess", 1)
    stranger = TestClient(trainer.client.app, follow_redirects=False)
    codes = [stranger.post(f"/try/{token}").status_code for _ in range(200)]
    assert codes[0] == 303
    assert codes[-1] == 429
