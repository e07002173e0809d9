"""The list of changes: who changed what in `data/`, what was undone, and which model learned it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime
from clinic.teaching.change_model import Change, Hunk


class ChangeRow(Base):
    """One change, in the order it was made."""

    __tablename__ = "studio_change"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    who: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40))
    summary: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    hunks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    undone_by: Mapped[str] = mapped_column(String(60))
    release: Mapped[str] = mapped_column(String(120), index=True)


class Changes:
    """Keeps changes and reads them, the newest first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(self, change: Change) -> None:
        """Keep a change."""
        with self._sessions.begin() as session:
            row = ChangeRow(**{**asdict(change), "hunks": [asdict(one) for one in change.hunks]})
            session.add(row)

    def drop(self, change_id: str) -> None:
        """Forget a change that could not be written after all."""
        with self._sessions.begin() as session:
            if row := session.scalar(select(ChangeRow).where(ChangeRow.id == change_id)):
                session.delete(row)

    def find(self, change_id: str) -> Change | None:
        """The change of that id."""
        with self._sessions() as session:
            row = session.scalar(select(ChangeRow).where(ChangeRow.id == change_id))
            return _change(row) if row else None

    def open(self, limit: int = 1000) -> list[Change]:
        """Changes that no published model has learned, without the undone."""
        asked = select(ChangeRow).where(ChangeRow.release == "", ChangeRow.undone_by == "")
        return self._read(asked.order_by(ChangeRow.number.desc()).limit(limit))

    def newest(self, limit: int = 200) -> list[Change]:
        """Every change, the undone too."""
        return self._read(select(ChangeRow).order_by(ChangeRow.number.desc()).limit(limit))

    def of_release(self, release: str) -> list[Change]:
        """What a published model learned that no model before it knew."""
        return self._read(select(ChangeRow).where(ChangeRow.release == release).order_by(ChangeRow.number.desc()))

    def mark_undone(self, change_id: str, who: str) -> None:
        """Remember that a change was undone."""
        with self._sessions.begin() as session:
            session.execute(update(ChangeRow).where(ChangeRow.id == change_id).values(undone_by=who))

    def mark_published(self, ids: Iterable[str], release: str) -> None:
        """Remember which model learned these changes."""
        with self._sessions.begin() as session:
            session.execute(update(ChangeRow).where(ChangeRow.id.in_(list(ids))).values(release=release))

    def _read(self, asked: Any) -> list[Change]:
        with self._sessions() as session:
            return [_change(row) for row in session.scalars(asked)]


def _change(row: ChangeRow) -> Change:
    hunks = tuple(Hunk(**{**one, "before": tuple(one["before"]), "after": tuple(one["after"])}) for one in row.hunks)
    return Change(row.id, row.at, row.who, row.kind, row.summary, hunks, row.why, row.undone_by, row.release)
