"""Puts erasure together: every place where something of a conversation may be. A composition root."""

from __future__ import annotations

from datetime import timedelta

from clinic.appointments.service import open_appointments
from clinic.conversations.store import Conversations
from clinic.db import Sessions, checkpoint_wal
from clinic.engine.tracker_store import Tracker
from clinic.knowledge.unanswered_store import forget_gaps
from clinic.privacy.erasure import Erasure, Places
from clinic.privacy.erasure_store import Erasures
from clinic.settings import Settings


def open_erasure(settings: Settings, sessions: Sessions) -> Erasure:
    """Erasure over both databases; appointment requests are cancelled or kept as asked."""
    conversations = Conversations(sessions, timedelta(days=settings.web.token_days))
    tracker = Tracker(settings.tracker_url)

    def scrub_both() -> None:
        checkpoint_wal(sessions)
        tracker.scrub()

    def erase_ours(conversation_id: str) -> None:
        forget_gaps(sessions, conversation_id)
        conversations.erase(conversation_id)

    places = Places(
        conversation=erase_ours,
        engine=tracker.erase,
        appointment=open_appointments(settings, sessions).forget,
        scrub=scrub_both,
    )
    return Erasure(Erasures(sessions), places)
