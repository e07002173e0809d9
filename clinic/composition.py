"""Every store, service and client is opened here, once. Nothing else puts features together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from clinic.appointments.redaction import details_in, redact_event, redact_words
from clinic.appointments.service import open_appointments
from clinic.conversations.history import History
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.log_store import Log
from clinic.conversations.review_store import Reviews
from clinic.conversations.search_store import Search
from clinic.conversations.store import Conversations
from clinic.conversations.story_file import FOLDER, StoryFiles
from clinic.conversations.unread_store import Unread
from clinic.db import Sessions, checkpoint_wal, open_sessions
from clinic.db import sessions_of as sessions_of
from clinic.dialogue.clinic_facts import FACT_INTENTS
from clinic.engine.tracker_store import Tracker
from clinic.knowledge.gap_groups import key_of, words_of
from clinic.knowledge.gap_kinds import kind_of
from clinic.knowledge.gap_themes import Encode, sort_gaps
from clinic.knowledge.synchronisation import Synced, sync_folder
from clinic.knowledge.theme_store import Themes
from clinic.knowledge.unanswered_store import Gap, forget_gaps, load_gaps
from clinic.privacy.erasure import Erasure, Places
from clinic.privacy.erasure_store import Erasures
from clinic.privacy.masking import mask
from clinic.settings import Settings
from clinic.settings_file import here as here
from language.encoder import Encoder

NEWEST_GAPS = 2000
"""How many unanswered questions are looked at together."""


def open_conversations(settings: Settings, sessions: Sessions) -> Conversations:
    """The store of what visitors said."""
    return Conversations(sessions, timedelta(days=settings.web.token_days))


def open_history(settings: Settings, sessions: Sessions) -> History:
    """Conversations as staff read them: our messages beside what the engine recorded."""
    return History(open_conversations(settings, sessions), Tracker(settings.tracker_url))


def open_log(settings: Settings, sessions: Sessions) -> Log:
    """The log that staff search and filter."""
    return Log(sessions, Tracker(settings.tracker_url), _masked)


def open_erasure(settings: Settings, sessions: Sessions) -> Erasure:
    """Erasure over both databases; appointment requests are cancelled or kept as asked."""
    conversations, tracker = open_conversations(settings, sessions), Tracker(settings.tracker_url)

    log, reviews, search = open_log(settings, sessions), Reviews(sessions), Search(sessions)

    def scrub_both() -> None:
        search.scrub()
        checkpoint_wal(sessions)
        tracker.scrub()

    def erase_ours(conversation_id: str) -> None:
        forget_gaps(sessions, conversation_id)
        conversations.erase(conversation_id)
        log.erase(conversation_id)
        reviews.erase(conversation_id)
        Unread(sessions).erase(conversation_id)
        StoryFiles(settings.var / FOLDER).erase(conversation_id)
        forget_themes(sessions)

    places = Places(
        conversation=erase_ours,
        engine=tracker.erase,
        appointment=open_appointments(settings, sessions).forget,
        scrub=scrub_both,
    )
    return Erasure(Erasures(sessions), places)


def redact_left_forms(settings: Settings, sessions: Sessions, now: datetime | None = None) -> int:
    """Blank the contact details of every form left for longer than the settings allow; how many there were."""
    left = open_appointments(settings, sessions).left
    tracker, store = Tracker(settings.tracker_url), open_conversations(settings, sessions)
    due = left.due_scrubs(now or datetime.now(UTC))
    for conversation_id in due:
        details = details_in(tracker.events(conversation_id))
        tracker.rewrite(conversation_id, partial(redact_event, details=details, mask=_masked))
        store.messages.rewrite(conversation_id, partial(redact_words, details=details, mask=_masked))
        left.finish(conversation_id)
    if due:
        open_log(settings, sessions).refold(due)
        Search(sessions).scrub()
        checkpoint_wal(sessions)
        tracker.scrub()
    return len(due)


def sync_articles(settings: Settings) -> Synced:
    """Read every article and write what changed; a broken one keeps its last good state and is named."""
    sessions = open_sessions(settings.database_url)
    return sync_folder(sessions, settings.data / "articles", Encoder.load(settings.encoder))


def forget_themes(sessions: Sessions) -> None:
    """Forget what unanswered questions meant that nobody's conversation holds any more."""
    themes, left = Themes(sessions), {key_of(words_of(one.question)) for one in load_gaps(sessions, NEWEST_GAPS)}
    themes.forget(key for key in themes.all() if key not in left)


def theme_gaps(settings: Settings, sessions: Sessions, encode: Encode) -> int:
    """Put the newest unanswered questions together by meaning and kind; how many were new."""
    intents = LogReader(sessions)

    def kind(gap: Gap) -> tuple[str, str]:
        intent = intents.intent_at(gap.conversation_id, gap.at)
        fact = FACT_INTENTS.get(intent)
        return ("clinic", fact.value) if fact else (kind_of(intent), "")

    return sort_gaps(Themes(sessions), load_gaps(sessions, NEWEST_GAPS), encode, kind)


def _masked(text: str) -> str:
    return mask(text).text
