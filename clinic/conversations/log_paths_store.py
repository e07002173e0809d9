"""Along what a filtered list is read, the newest first, so that what is rare is found without walking the whole log.

What was searched for is read along the index of words; requests, where they are few, by those few; facets along the
rarest of them; everything else along the list itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import sqlalchemy
from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, func, literal_column, select, table, text
from sqlalchemy.orm import Session, aliased, join

from clinic.conversations.log_facets_store import LogFacetRow, facets_asked, has_facet, rarest_of
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_tables_store import LogConversationRow
from clinic.conversations.search_store import MATCHES, match_query

Row = LogConversationRow
Conditions = list[ColumnElement[bool]]
Ids = Select[tuple[str]]
_FOUND = table("log_search", sqlalchemy.column("rowid", BigInteger), sqlalchemy.column("number", BigInteger))
_ASKED = table("appointment", sqlalchemy.column("conversation_id", sqlalchemy.String))
"""Another feature's table, so by its name."""
FEW = 5000


@dataclass(frozen=True, slots=True)
class Path:
    """Where conversations are read from, the number along which they are, and what must hold of each."""

    source: FromClause
    number: ColumnElement[int]
    conditions: Conditions


def path_of(session: Session, wanted: Filter) -> Path:
    """The path for a filter; its conditions hold of words and facets, and narrow to what is few."""
    facets, few = facets_asked(wanted), _few(session, wanted)
    dialect = session.get_bind().dialect.name
    if query := match_query(wanted.q, dialect):
        found = _along_words(query, dialect, few)
    elif few is not None:
        found = Path(Row.__table__, Row.number.expression, [Row.id.in_(few)])
    elif facets:
        rarest = rarest_of(session, facets)
        facets.remove(rarest)
        found = _along_facet(rarest)
    else:
        found = Path(Row.__table__, Row.number.expression, [])
    held = [has_facet(found.number, one) for one in facets]
    return Path(found.source, found.number, [*found.conditions, *held])


# The signs below keep SQLite from reading the other way round: from asking the index of words, or all of a facet, once
# for every conversation.


def _along_words(query: str, dialect: str, few: Ids | None) -> Path:
    matches = cast("ColumnElement[bool]", text(MATCHES[dialect]).bindparams(query=query))
    name = "rowid" if dialect == "sqlite" else "number"
    signed: ColumnElement[int] = literal_column(f"+log_search.{name}", BigInteger())
    other = aliased(Row)
    narrowed = [] if few is None else [signed.in_(select(other.number).where(other.id.in_(few)))]
    return Path(join(_FOUND, Row, Row.number == signed), _FOUND.c[name], [matches, *narrowed])


def _along_facet(facet: str) -> Path:
    signed: ColumnElement[int] = literal_column("+log_facet.number", BigInteger())
    joined = join(LogFacetRow, Row, Row.number == signed)
    return Path(joined, LogFacetRow.number.expression, [LogFacetRow.facet == facet])


def _few(session: Session, wanted: Filter) -> Ids | None:
    """The conversations with a request, where those are asked for and few."""
    if wanted.request != "yes":
        return None
    ids = select(_ASKED.c.conversation_id).where(_ASKED.c.conversation_id.is_not(None))
    count = session.scalar(select(func.count()).select_from(ids.limit(FEW).subquery())) or 0
    return ids if count < FEW else None
