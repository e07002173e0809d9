"""Which conversations hold details of a request that was never made: only the conversation and times are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime

# No turn is in flight any more after this.
SETTLED = timedelta(minutes=5)


class LeftFormRow(Base):
    """A form under way or left: `touched` is its last turn, `left` when it was broken off."""

    __tablename__ = "left_form"
    conversation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    touched: Mapped[datetime] = mapped_column(UtcTime)
    left: Mapped[datetime | None] = mapped_column(UtcTime)


class AbandonedForms:
    """Knows when contact details typed into a form have to be blanked."""

    def __init__(self, sessions: Sessions, abandoned: timedelta) -> None:
        self._sessions = sessions
        self._abandoned = abandoned

    def touch(self, conversation_id: str, at: datetime, *, left: bool = False) -> None:
        """A form got details at `at`, or was left then."""
        try:
            self._touch(conversation_id, at, left)
        except IntegrityError:
            self._touch(conversation_id, at, left)  # Another turn of the same chat was first.

    def _touch(self, conversation_id: str, at: datetime, left: bool) -> None:
        with self._sessions.begin() as session:
            row = session.get(LeftFormRow, conversation_id)
            if row is None:
                session.add(LeftFormRow(conversation_id=conversation_id, touched=at, left=at if left else None))
            else:
                row.touched, row.left = at, at if left else row.left

    def finish(self, conversation_id: str) -> None:
        """A request was made, or the details were blanked: nothing is due for this conversation."""
        with self._sessions.begin() as session:
            session.execute(delete(LeftFormRow).where(LeftFormRow.conversation_id == conversation_id))

    def begun(self, limit: int = 20) -> list[tuple[str, datetime]]:
        """Conversations with a request that was begun and not made, and when it was last worked on; newest first."""
        asked = select(LeftFormRow).order_by(LeftFormRow.touched.desc()).limit(limit)
        with self._sessions() as session:
            return [(row.conversation_id, row.touched) for row in session.scalars(asked)]

    def due_scrubs(self, now: datetime) -> list[str]:
        """Conversations whose details have to be blanked: left and settled, or silent for too long."""
        due = or_(LeftFormRow.left <= now - SETTLED, LeftFormRow.touched <= now - self._abandoned)
        with self._sessions() as session:
            return list(session.scalars(select(LeftFormRow.conversation_id).where(due)))
