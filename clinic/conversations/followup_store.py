"""What staff must follow up: a complaint, an answer that did not help. Noted by the actions, closed by staff."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.conversations.model import FollowUp
from clinic.conversations.tables_store import ConversationRow
from clinic.db import Base, Sessions, UtcTime


class FollowUpRow(Base):
    """One thing to follow up; it goes with its conversation."""

    __tablename__ = "follow_up"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(ConversationRow.id, ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime)
    done: Mapped[datetime | None] = mapped_column(UtcTime)


class FollowUps:
    """The list of what is to be followed up."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def note(self, conversation_id: str, reason: str) -> None:
        """Note something once a conversation and reason, until it is done."""
        mine = (FollowUpRow.conversation_id == conversation_id) & (FollowUpRow.reason == reason)
        with self._sessions.begin() as session:
            if session.scalar(select(FollowUpRow).where(mine, FollowUpRow.done.is_(None))) is None:
                session.add(FollowUpRow(conversation_id=conversation_id, reason=reason, at=datetime.now(UTC)))

    def open(self, limit: int | None = None) -> list[FollowUp]:
        """What is not done yet, the oldest first; all of it, or so many."""
        asked = select(FollowUpRow).where(FollowUpRow.done.is_(None)).order_by(FollowUpRow.number).limit(limit)
        with self._sessions() as session:
            return [FollowUp(row.number, row.conversation_id, row.reason, row.at) for row in session.scalars(asked)]

    def close(self, number: int) -> bool:
        """Mark one as done; false when there is none of that number still open."""
        with self._sessions.begin() as session:
            row = session.get(FollowUpRow, number)
            if row is None or row.done is not None:
                return False
            row.done = datetime.now(UTC)
            return True
