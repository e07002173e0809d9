"""The log of erasures: an opaque reference, and for a short while whose, so that a late turn is erased too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime


class ErasureRow(Base):
    """One erasure; `conversation_id` is emptied once no turn can still be in flight."""

    __tablename__ = "erasure"
    reference: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    conversation_id: Mapped[str | None] = mapped_column(String(36))


class Erasures:
    """Keeps references of erasures."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, reference: str, conversation_id: str) -> None:
        """Mark a conversation as erased before anything is deleted."""
        with self._sessions.begin() as session:
            session.merge(ErasureRow(reference=reference, at=datetime.now(UTC), conversation_id=conversation_id))

    def unfinished(self, older: timedelta) -> list[str]:
        """Conversations erased at least `older` ago whose tombstone still stands."""
        until = datetime.now(UTC) - older
        asked = select(ErasureRow.conversation_id).where(ErasureRow.conversation_id.is_not(None), ErasureRow.at < until)
        with self._sessions() as session:
            return [one for one in session.scalars(asked) if one]

    def finish(self, conversation_ids: list[str]) -> None:
        """Forget whose these erasures were; only the references stay."""
        with self._sessions.begin() as session:
            session.execute(
                update(ErasureRow).where(ErasureRow.conversation_id.in_(conversation_ids)).values(conversation_id=None)
            )
