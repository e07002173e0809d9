"""What conversations are told apart by, a row for each of it, in the order of the list: what is rare is found at once.

A facet is written as `intent=ask_price`: the name of a filter, and what that asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, String, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from clinic.conversations.log_filter import Filter
from clinic.db import Base

SETS = {"intent": "intents", "kind": "kinds", "article": "articles", "model": "models", "why": "reasons"}
"""Filters by the column of `log_conversation` that holds what they ask for, between bars."""
SAME = (*SETS, "flag", "state", "verdict", "assignee")
"""Filters whose value is that of the facet."""
MOST_COUNTED = 100_000


class LogFacetRow(Base):
    """That the conversation of this number in the list has this facet."""

    __tablename__ = "log_facet"
    __table_args__ = ({"sqlite_with_rowid": False},)
    facet: Mapped[str] = mapped_column(String(100), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


_FACETS = cast(Table, LogFacetRow.__table__)
_GONE = delete(_FACETS).where(_FACETS.c.facet == bindparam("was"), _FACETS.c.number == bindparam("at"))


def facets_of(head: Mapping[str, Any]) -> list[str]:
    """The facets of a row of `log_conversation`, those of what was decided included."""
    found = [f"{name}={one}" for name, column in SETS.items() for one in head[column].split("|") if one]
    if head["red_flag"]:
        found += ["flag=any", f"flag={head['red_flag']}"]
    found += [one for one in head["decided"].split("|") if one]
    return [*found, f"covered={'no' if head['not_covered'] else 'yes'}"]


def facets_asked(wanted: Filter) -> list[str]:
    """The facets that a conversation must have for a filter to let it through."""
    found = [f"{name}={value}" for name in SAME if (value := getattr(wanted, name))]
    if wanted.tag:
        found.append(f"tag={wanted.tag.lower()}")
    if wanted.marked:
        found.append("marked=yes")
    if wanted.feedback:
        found.append(f"feedback={'up' if wanted.feedback == 'up' else 'down'}")
    if wanted.covered:
        found.append(f"covered={'no' if wanted.covered == 'no' else 'yes'}")
    return found


def has_facet(number: ColumnElement[int], facet: str) -> ColumnElement[bool]:
    """Whether the conversation of a number has a facet."""
    row = aliased(LogFacetRow)
    return select(row.number).where(row.facet == facet, row.number == number).exists()


def rarest_of(session: Session, facets: list[str]) -> str:
    """The facet that fewest conversations have; of one alone nothing is counted."""
    rarest, fewest = facets[0], MOST_COUNTED
    for one in facets if len(facets) > 1 else ():
        some = select(_FACETS.c.number).where(_FACETS.c.facet == one).limit(fewest).subquery()
        count = session.scalar(select(func.count()).select_from(some)) or 0
        if count < fewest:
            rarest, fewest = one, count
    return rarest


def put_facets(session: Session, facets: Iterable[tuple[str, int]]) -> None:
    """Keep facets of conversations, named by their numbers."""
    rows = [{"facet": facet, "number": number} for facet, number in facets]
    if rows:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        # Two conversations may share a number, if hardly ever.
        session.execute(insert(_FACETS).on_conflict_do_nothing(), rows)


def forget_facets(session: Session, facets: Iterable[tuple[str, int]]) -> None:
    """Forget facets of conversations."""
    rows = [{"was": facet, "at": number} for facet, number in facets]
    if rows:
        session.connection().execute(_GONE, rows)
