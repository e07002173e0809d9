from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event

from clinic.composition import open_erasure
from clinic.conversations.followup_store import FollowUps
from clinic.conversations.model import OtherText, Page
from clinic.conversations.store import Conversations
from clinic.conversations.switch_store import Switch
from clinic.db import DatabaseFailure, Sessions, open_sessions
from clinic.knowledge.answering.article_ranking import make_query, rank, top_articles
from clinic.knowledge.articles.files import read_folder
from clinic.knowledge.embedding_store import fill_vectors, load_vectors
from clinic.knowledge.live_index import load_index
from clinic.knowledge.synchronisation import sync_folder
from clinic.migrations.upgrade import upgrade
from clinic.settings import Settings
from clinic.settings_file import load_settings
from language.encoder import Encoder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(postgres: str, tmp_path: Path) -> Settings:
    environ = {"POINTE_VAR": str(tmp_path), "POINTE_SECRET": "secret", "POINTE_DATABASE_URL": postgres}
    opened = load_settings(ROOT, environ)
    upgrade(opened)
    return opened


@pytest.fixture
def sessions(settings: Settings) -> Iterator[Sessions]:
    opened = open_sessions(settings.database_url)
    yield opened
    opened.kw["bind"].dispose()


def test_a_message_is_heard_once_kept_and_erased_on_postgresql(settings: Settings, sessions: Sessions) -> None:
    store = Conversations(sessions, timedelta(days=1))
    token, conversation = store.start(Page(article="posterior-ankle-impingement"), [])
    assert store.find(token) == conversation
    once = str(uuid.uuid4())
    claim = store.messages.claim(conversation.id, once, "why does my heel hurt")
    assert claim.mine
    assert not store.messages.claim(conversation.id, once, "why does my heel hurt").mine
    with pytest.raises(OtherText):
        store.messages.claim(conversation.id, once, "something else")
    assert store.messages.settle(claim.message, "answered", [{"kind": "say", "text": "hello"}])
    FollowUps(sessions).note(conversation.id, "complaint")
    open_erasure(settings, sessions).erase(conversation.id, keep_appointment=False)
    assert store.messages.of(conversation.id) == []
    assert [one for one in FollowUps(sessions).open() if one.conversation_id == conversation.id] == []


def test_the_off_switch_turns_on_postgresql(sessions: Sessions) -> None:
    switch = Switch(sessions)
    switch.turn(off=True, reason="a test")
    assert switch.is_off()
    switch.turn(off=False)
    assert not switch.is_off()


def test_both_databases_give_the_same_passages_in_the_same_order(
    settings: Settings, sessions: Sessions, tmp_path: Path
) -> None:
    encoder = Encoder.load(settings.encoder)
    lite = replace(settings, database_url=f"sqlite:///{tmp_path / 'clinic.db'}")
    upgrade(lite)
    ranked = []
    for each in (sessions, open_sessions(lite.database_url)):
        sync_folder(each, settings.data / "articles", encoder)
        index = load_index(each, encoder, 1)
        for question in ("why does my heel hurt en pointe", "how is it treated", "mri", "who gets this"):
            ranking = rank(index, make_query(encoder.encode([question])[0], question))
            ranked.append((list(top_articles(ranking, 10)), ranking.passages.argsort()[::-1][:10].tolist()))
    assert ranked[:4] == ranked[4:]


def test_what_the_database_refuses_is_told_without_a_visitors_words(sessions: Sessions) -> None:
    store = Conversations(sessions, timedelta(days=1))
    _, conversation = store.start(Page(), [])
    with pytest.raises(DatabaseFailure) as refused:
        store.messages.claim(conversation.id, str(uuid.uuid4()), "my knee \x00 hurts")
    assert "knee" not in str(refused.value)


class CountingVectors:
    """Vectors that cost nothing; another process keeps the very same ones just before we do."""

    hash = "counting"

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self._meanwhile = meanwhile

    def encode(self, texts: Sequence[str]) -> Any:
        self._meanwhile()
        return np.ones((len(texts), 4), dtype=np.float32)

    encode_wording = encode


def test_vectors_go_to_the_database_by_the_hundred_though_another_process_was_quicker(
    settings: Settings, sessions: Sessions
) -> None:
    (articles, _), asked = read_folder(settings.data / "articles"), list[str]()

    def quicker() -> None:
        fill_vectors(sessions, articles, CountingVectors(lambda: None), lambda done, all_of_them: None)

    event.listen(sessions.kw["bind"], "before_cursor_execute", lambda *given: asked.append(given[2]))
    fill_vectors(sessions, articles, CountingVectors(quicker), lambda done, all_of_them: None)
    vectors = load_vectors(sessions, "counting")
    assert len(vectors) > 500
    assert sum("INTO vector" in one for one in asked) < len(vectors) / 50
