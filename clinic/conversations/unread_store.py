"""What each member of staff has read: a conversation counts as unread again when something was said since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime

FIRST = ""
"""Stands for no conversation: its row says from when on somebody's reading is counted."""


class SeenRow(Base):
    """How many messages of a conversation somebody has seen."""

    __tablename__ = "log_seen"
    who: Mapped[str] = mapped_column(String(60), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    turns: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcTime)


class Unread:
    """Keeps who has read what. What was said before somebody's first look at the list is not unread."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, who: str, now: datetime | None = None) -> None:
        """From the first call on reading is counted; later ones do nothing."""
        with self._sessions() as session:
            if session.get(SeenRow, (who, FIRST)) is not None:
                return
        with self._sessions.begin() as session:
            session.merge(SeenRow(who=who, conversation_id=FIRST, turns=0, since=now or datetime.now(UTC)))

    def mark(self, who: str, conversation_id: str, turns: int) -> None:
        """Somebody has seen so many messages of a conversation."""
        with self._sessions() as session:
            row = session.get(SeenRow, (who, conversation_id))
            if row is not None and row.turns >= turns:
                return
        with self._sessions.begin() as session:
            session.merge(SeenRow(who=who, conversation_id=conversation_id, turns=turns, since=datetime.now(UTC)))

    def among(self, who: str, lines: Iterable[tuple[str, int, datetime]]) -> frozenset[str]:
        """Which of these conversations (id, messages, last said) somebody has not read to their end."""
        asked = list(lines)
        ids = [FIRST, *(one[0] for one in asked)]
        with self._sessions() as session:
            rows = session.scalars(select(SeenRow).where(SeenRow.who == who, SeenRow.conversation_id.in_(ids)))
            seen = {row.conversation_id: row for row in rows}
        if FIRST not in seen:
            return frozenset()
        since = seen[FIRST].since
        known = {one: row.turns for one, row in seen.items()}
        return frozenset(one for one, turns, last in asked if last > since and known.get(one, 0) < turns)

    def erase(self, conversation_id: str) -> None:
        """Forget that anybody read it."""
        with self._sessions.begin() as session:
            session.execute(delete(SeenRow).where(SeenRow.conversation_id == conversation_id))
