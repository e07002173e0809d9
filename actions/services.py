"""What the actions work with, put together once in a process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.appointments.service import AppointmentService, open_appointments
from clinic.conversations.followup_store import FollowUps
from clinic.db import Base, Sessions, open_sessions, wait_at_most
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.engine.sender import TRIAL
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.migrations.tables import load_stores
from clinic.runtime.file_watch import FileWatch, Watched, be_nice
from clinic.settings import Settings
from clinic.settings_file import live_files, load_settings, take_live
from language.encoder import Encoder, Vectors

DATABASE_SECONDS = 2.5  # for one statement on PostgreSQL, of the 3 that an action has


@dataclass(frozen=True, slots=True)
class Services:
    """Settings, fixed words, the articles, the database and the appointment desk."""

    settings: Settings
    responses: Responses
    fixed: CannedReplies
    library: KnowledgeBase
    sessions: Sessions
    follow_ups: FollowUps
    requests: AppointmentService


class _Current:
    """The services of this process, put together anew where a file that they are made of changes."""

    def __init__(self) -> None:
        self._root = Path(os.environ.get("POINTE_ROOT") or Path(__file__).resolve().parent.parent)
        settings = load_settings(self._root)
        wait_at_most(DATABASE_SECONDS)
        self._sessions = open_sessions(settings.database_url)
        reading = load_reading(self._root / "models" / "reader", settings.encoder / "tokenizer.json")
        words = QueryLexicon.load(settings.data)
        self.encoder = Encoder.load(settings.encoder)
        self._library = KnowledgeBase(self._sessions, self.encoder, words, reading=reading)
        self._library.keep_fresh(be_nice)  # Loaded now, so that the first visitor does not wait for it.
        self._settings = settings
        self.services = self._make(settings)
        self._watch(settings).start()

    def _make(self, settings: Settings) -> Services:
        responses = Responses.load(settings.data / "responses.yml", settings.facts, settings.clinic.nation)
        fixed, desk = CannedReplies.load(settings), open_appointments(settings, self._sessions)
        return Services(
            settings, responses, fixed, self._library, self._sessions, FollowUps(self._sessions), desk
        )  # fmt: skip

    def _watch(self, settings: Settings) -> FileWatch:
        data = settings.data
        words = (data / "conditions.yml", data / "lay_words.yml")
        return FileWatch(
            (
                Watched("settings and sentences", live_files(settings), self._take),
                Watched("lay words", words, lambda: self._library.use_words(QueryLexicon.load(data))),
            )
        )

    def _take(self) -> None:
        self._settings = take_live(self._settings, load_settings(self._root))
        self.services = self._make(self._settings)


@cache
def _current() -> _Current:
    return _Current()


def services() -> Services:
    """The services of this process as its files are now; the first call opens them."""
    return _current().services


def take_vectors(made: Mapping[str, Vectors]) -> None:
    """Take over the rows that the engine's encoder has made of texts: its weights are ours."""
    for text, row in made.items():
        _current().encoder.remember(text, row)


def services_for(conversation_id: str) -> Services:
    """The services of a conversation: a trial chat has a database of its own, which is gone when we end, so that it
    leaves no request, no mail and no follow-up.
    """
    real = services()
    if not conversation_id.startswith(TRIAL):
        return real
    settings = replace(real.settings, database_url=f"sqlite:///{_trial_folder().name}/trial.db")
    sessions = _trial_sessions()
    desk = open_appointments(settings, sessions)
    return replace(real, settings=settings, sessions=sessions, follow_ups=FollowUps(sessions), requests=desk)


@cache
def _trial_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="trial-")


@cache
def _trial_sessions() -> Sessions:
    sessions = open_sessions(f"sqlite:///{_trial_folder().name}/trial.db")
    load_stores()
    Base.metadata.create_all(sessions.kw["bind"])
    return sessions
