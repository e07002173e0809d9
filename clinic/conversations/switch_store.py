"""The off switch: every turn of it is kept, the newest counts."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Boolean, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime


class SwitchRow(Base):
    """One turn of the off switch."""

    __tablename__ = "switch"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    off: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcTime)


_NEWEST = select(SwitchRow.off).order_by(SwitchRow.number.desc()).limit(1)


class Switch:
    """Turns the assistant's answers off and on, at once and for every process."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def turn(self, *, off: bool, reason: str = "") -> None:
        """Turn it off or on; the reason is kept for staff."""
        with self._sessions.begin() as session:
            session.add(SwitchRow(off=off, reason=reason, at=datetime.now(UTC)))

    def is_off(self) -> bool:
        """Whether answers are switched off now."""
        with self._sessions() as session:
            return bool(session.scalar(_NEWEST))
