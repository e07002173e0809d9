"""What the log is folded from: the messages of our own tables, and what the engine recorded. Nothing here writes."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic.conversations.log_tables_store import LogConversationRow
from clinic.conversations.message_store import to_message
from clinic.conversations.model import Message
from clinic.conversations.tables_store import MessageRow
from clinic.db import Sessions
from clinic.engine.events import fold_turns
from clinic.engine.prediction import LoggedTurn
from clinic.engine.tracker_store import Tracker


class Look(NamedTuple):
    """What a conversation was folded from, None for never, and what it would be folded from now."""

    kept: str | None
    now: str


class LogSources:
    """Reads messages and recorded turns of many conversations at once."""

    def __init__(self, sessions: Sessions, tracker: Tracker) -> None:
        self._sessions = sessions
        self._tracker = tracker

    def events_after(self, number: int, limit: int) -> list[tuple[int, str]]:
        """The next rows of the engine beyond `number`, with whose they are."""
        return self._tracker.heard_after(number, limit)

    def messages_after(self, number: int, limit: int) -> list[tuple[int, str]]:
        """The next messages beyond `number`, with whose they are."""
        asked = select(MessageRow.number, MessageRow.conversation_id).where(MessageRow.number > number)
        with self._sessions() as session:
            return [(row[0], row[1]) for row in session.execute(asked.order_by(MessageRow.number).limit(limit))]

    def look(self, ids: list[str]) -> dict[str, Look]:
        """How much there is of conversations, and from how much they were folded."""
        counts = self._tracker.counts(ids)
        asked = (
            select(MessageRow.conversation_id, func.count(), func.max(MessageRow.answered))
            .where(MessageRow.conversation_id.in_(ids))
            .group_by(MessageRow.conversation_id)
        )
        with self._sessions() as session:
            ours = {row[0]: (row[1], row[2]) for row in session.execute(asked)}
            kept = folded_from(session, ids)
        now = {one: ":".join(str(part) for part in (counts.get(one, 0), *ours.get(one, (0, "")))) for one in ids}
        return {one: Look(kept.get(one), now[one]) for one in ids}

    def said(self, ids: list[str]) -> dict[str, tuple[list[Message], list[LoggedTurn]]]:
        """The messages of conversations, and the turns that the engine recorded of them."""
        events, messages = self._tracker.events_of(ids), self._messages_of(ids)
        return {one: (messages[one], fold_turns(events[one])) for one in ids}

    def _messages_of(self, ids: list[str]) -> dict[str, list[Message]]:
        asked = select(MessageRow).where(MessageRow.conversation_id.in_(ids)).order_by(MessageRow.number)
        found: dict[str, list[Message]] = {one: [] for one in ids}
        with self._sessions() as session:
            for row in session.scalars(asked):
                found[row.conversation_id].append(to_message(row))
        return found


def folded_from(session: Session, ids: list[str]) -> dict[str, str]:
    """What each of these conversations was folded from, of those that were."""
    asked = select(LogConversationRow.id, LogConversationRow.seen).where(LogConversationRow.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(asked)}
