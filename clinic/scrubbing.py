"""Blanks contact details of forms that were left, wherever a conversation is kept. A composition root."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from clinic.appointments.redaction import details_in, redact_event, redact_words
from clinic.appointments.service import open_appointments
from clinic.conversations.store import Conversations
from clinic.db import Sessions, checkpoint_wal
from clinic.engine.tracker_store import Tracker
from clinic.privacy.masking import mask
from clinic.settings import Settings


def scrub_left_forms(settings: Settings, sessions: Sessions, now: datetime | None = None) -> int:
    """Scrub every conversation whose form was left for longer than the settings allow; how many there were."""
    left = open_appointments(settings, sessions).left
    tracker = Tracker(settings.tracker_url)
    store = Conversations(sessions, timedelta(days=settings.web.token_days))
    due = left.due_scrubs(now or datetime.now(UTC))
    for conversation_id in due:
        details = details_in(tracker.events(conversation_id))
        tracker.rewrite(conversation_id, partial(redact_event, details=details, mask=_masked))
        store.rewrite(conversation_id, partial(redact_words, details=details, mask=_masked))
        left.finish(conversation_id)
    if due:
        checkpoint_wal(sessions)
        tracker.scrub()
    return len(due)


def _masked(text: str) -> str:
    return mask(text).text
