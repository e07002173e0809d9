"""What the actions work with, put together once in a process."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.appointments.service import AppointmentService, open_appointments
from clinic.conversations.followup_store import FollowUps
from clinic.db import Base, Sessions, open_sessions
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.engine.client import TRIAL
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.migrations.upgrade import load_stores
from clinic.settings import Settings
from clinic.settings_file import load_settings
from language.encoder import Encoder


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


@cache
def services() -> Services:
    """The services of this process; the first call opens them."""
    root = Path(os.environ.get("POINTE_ROOT") or Path(__file__).resolve().parent.parent)
    settings = load_settings(root)
    sessions = open_sessions(settings.database_url)
    responses = Responses.load(settings.data / "responses.yml", settings.facts, settings.clinic.nation)
    reading = load_reading(root / "models" / "reader", settings.encoder / "tokenizer.json")
    encoder, words = Encoder.load(settings.encoder), QueryLexicon.load(settings.data)
    library = KnowledgeBase(sessions, encoder, words, reading=reading)
    library.articles()  # Loaded now, so that the first visitor does not wait for it.
    fixed, follow_ups = CannedReplies.load(settings), FollowUps(sessions)
    return Services(settings, responses, fixed, library, sessions, follow_ups, open_appointments(settings, sessions))


def services_for(conversation_id: str) -> Services:
    """The services of a conversation: a trial chat has a database of its own, which is gone when we end, so that it
    leaves no request, no mail and no follow-up.
    """
    return _trial_services() if conversation_id.startswith(TRIAL) else services()


@cache
def _trial_services() -> Services:
    real = services()
    folder = TemporaryDirectory(prefix="trial-")
    _KEPT.append(folder)
    settings = replace(real.settings, database_url=f"sqlite:///{folder.name}/trial.db")
    sessions = open_sessions(settings.database_url)
    load_stores()
    Base.metadata.create_all(sessions.kw["bind"])
    desk = open_appointments(settings, sessions)
    return replace(real, settings=settings, sessions=sessions, follow_ups=FollowUps(sessions), requests=desk)


_KEPT: list[TemporaryDirectory[str]] = []
