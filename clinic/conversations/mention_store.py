"""Who was named in a note with @name, and whether they have looked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update

from clinic.conversations.review_tables_store import MentionRow
from clinic.db import Sessions

_NAMED = re.compile(r"(?<![\w.@-])@([\w.-]*\w)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody was named in the note of a conversation."""

    by: str
    conversation_id: str
    at: datetime


def named_in(note: str, names: Iterable[str]) -> frozenset[str]:
    """Which of these accounts a note names."""
    written = {one.lower() for one in _NAMED.findall(note)}
    return frozenset(name for name in names if name in written or name.split("@")[0] in written)


class Mentions:
    """Keeps mentions until whoever was named has opened the conversation."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(self, conversation_id: str, by: str, names: Iterable[str]) -> None:
        """Tell people that they were named; once, as long as they have not looked."""
        with self._sessions.begin() as session:
            for who in names:
                mine = (MentionRow.who == who, MentionRow.conversation_id == conversation_id, MentionRow.seen.is_(None))
                if who != by and session.scalar(select(MentionRow.number).where(*mine).limit(1)) is None:
                    row = MentionRow(who=who, by=by, conversation_id=conversation_id, at=datetime.now(UTC))
                    session.add(row)

    def open(self, who: str, limit: int = 20) -> list[Mention]:
        """Where somebody was named and has not looked yet, the newest first."""
        asked = select(MentionRow).where(MentionRow.who == who, MentionRow.seen.is_(None))
        with self._sessions() as session:
            rows = session.scalars(asked.order_by(MentionRow.number.desc()).limit(limit))
            return [Mention(row.by, row.conversation_id, row.at) for row in rows]

    def see(self, who: str, conversation_id: str) -> None:
        """Somebody has looked."""
        mine = (MentionRow.who == who, MentionRow.conversation_id == conversation_id, MentionRow.seen.is_(None))
        with self._sessions() as session:
            if session.scalar(select(MentionRow.number).where(*mine).limit(1)) is None:
                return
        with self._sessions.begin() as session:
            session.execute(update(MentionRow).where(*mine).values(seen=datetime.now(UTC)))
