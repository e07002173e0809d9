"""Saved views of the list: a name for a filter, for everybody at the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import String, Text, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.conversations.log_filter import Filter
from clinic.db import Base, Sessions
from clinic.problem import Problem

MOST = 20
LONGEST_NAME = 40


class ViewError(Problem):
    """A view that cannot be kept; the message says why."""


class SavedViewRow(Base):
    """One saved view."""

    __tablename__ = "saved_view"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    who: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    query: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named filter, and who saved it."""

    number: int
    who: str
    name: str
    wanted: Filter


class SavedViews:
    """Keeps up to MOST views."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self) -> list[SavedView]:
        """Every view, by name."""
        with self._sessions() as session:
            rows = session.scalars(select(SavedViewRow).order_by(SavedViewRow.name))
            return [SavedView(row.number, row.who, row.name, Filter.read(dict(parse_qsl(row.query)))) for row in rows]

    def add(self, who: str, name: str, wanted: Filter) -> None:
        """Save a view; raises ViewError without a name or a filter, for a name that is taken, or for too many."""
        tidy = " ".join(name.split())[:LONGEST_NAME]
        parts = wanted.but(before="").parts()
        if not tidy or not parts:
            raise ViewError("A view needs a name and at least one filter.")
        with self._sessions.begin() as session:
            if session.scalar(select(SavedViewRow.number).where(SavedViewRow.name == tidy)):
                raise ViewError(f"There is a view called {tidy} already.")
            if (session.scalar(select(func.count()).select_from(SavedViewRow)) or 0) >= MOST:
                raise ViewError(f"There are {MOST} views already: remove one first.")
            session.add(SavedViewRow(who=who, name=tidy, query=urlencode(parts)))

    def remove(self, number: int) -> bool:
        """Remove a view; false when there is none of that number."""
        with self._sessions.begin() as session:
            gone = session.execute(delete(SavedViewRow).where(SavedViewRow.number == number))
            return bool(gone.rowcount)  # type: ignore[attr-defined]
