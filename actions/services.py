"""What the actions work with, put together once in a process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinic.appointments.service import AppointmentService, open_appointments
from clinic.conversations.followup_store import FollowUps
from clinic.db import Sessions, open_sessions, wait_at_most
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.settings import Settings
from clinic.settings_file import load_settings
from language.encoder import Encoder

DATABASE_SECONDS = 2.5  # for one statement on PostgreSQL, of the 3.5 that an action has


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
    wait_at_most(DATABASE_SECONDS)
    sessions = open_sessions(settings.database_url)
    responses = Responses.load(settings.data / "responses.yml", settings.facts, settings.clinic.nation)
    reading = load_reading(root / "models" / "reader", settings.encoder / "tokenizer.json")
    encoder, words = Encoder.load(settings.encoder), QueryLexicon.load(settings.data)
    library = KnowledgeBase(sessions, encoder, words, reading=reading)
    library.articles()  # Loaded now, so that the first visitor does not wait for it.
    fixed, follow_ups = CannedReplies.load(settings), FollowUps(sessions)
    return Services(settings, responses, fixed, library, sessions, follow_ups, open_appointments(settings, sessions))
