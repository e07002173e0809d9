"""Questions that staff put aside for good: of each only a hash of its words is kept."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime


class GapDismissalRow(Base):
    """One question that was put aside."""

    __tablename__ = "gap_dismissal"
    key: Mapped[str] = mapped_column(String(24), primary_key=True)
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcTime)


class Dismissals:
    """Keeps which questions are not worth an article."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(self, keys: list[str], who: str) -> None:
        """Put questions aside; again does nothing."""
        with self._sessions.begin() as session:
            for key in dict.fromkeys(keys):
                session.merge(GapDismissalRow(key=key, who=who, at=datetime.now(UTC)))

    def remove(self, keys: list[str]) -> None:
        """Bring questions back."""
        with self._sessions.begin() as session:
            session.execute(delete(GapDismissalRow).where(GapDismissalRow.key.in_(keys)))

    def all(self) -> frozenset[str]:
        """What was put aside."""
        with self._sessions() as session:
            return frozenset(session.scalars(select(GapDismissalRow.key)))
