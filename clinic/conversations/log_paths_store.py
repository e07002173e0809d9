"""Along what a filtered list is read, the newest first, so that what is rare is found without walking the whole log.

What was searched for is read along the index of words; what few conversations have by another table, by those few;
facets along the rarest of them; everything else along the list itself.
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
from clinic.conversations.review_tables_store import ReviewRow, ReviewTurnRow
from clinic.conversations.search_store import MATCHES, match_query
from clinic.conversations.store import FeedbackRow

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
        found = _along_facet(rarest_of(session, facets))
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
    """The fewest conversations that another table narrows to, where those are few."""
    fewest, found = FEW, None
    for ids in _elsewhere(wanted):
        count = session.scalar(select(func.count()).select_from(ids.limit(fewest).subquery())) or 0
        if count < fewest:
            fewest, found = count, ids
    return found


def _elsewhere(wanted: Filter) -> list[Ids]:
    """What other tables narrow to, each as the ids of conversations."""
    found: list[Ids] = []
    reviewed = reviewed_as(wanted)
    if reviewed:
        found.append(select(ReviewRow.conversation_id).where(*reviewed))
    if wanted.feedback:
        found.append(select(FeedbackRow.conversation_id).where(FeedbackRow.helpful.is_(wanted.feedback == "up")))
    if wanted.request == "yes":
        found.append(select(_ASKED.c.conversation_id).where(_ASKED.c.conversation_id.is_not(None)))
    if wanted.marked:
        turns = select(ReviewTurnRow.conversation_id).where(ReviewTurnRow.flagged)
        both = select(ReviewRow.conversation_id).where(ReviewRow.flagged).union(turns).subquery()
        found.append(select(both.c.conversation_id))
    return found


def reviewed_as(wanted: Filter) -> Conditions:
    """What must hold of a review for a filter; nothing where conversations without one come through as well."""
    found: Conditions = []
    for column, value in ((ReviewRow.verdict, wanted.verdict), (ReviewRow.assignee, wanted.assignee)):
        if value:
            found.append(column == value)
    if wanted.state and wanted.state != "open":
        found.append(ReviewRow.state == wanted.state)
    if wanted.tag:
        found.append(ReviewRow.tags.contains(f"|{wanted.tag.lower()}|", autoescape=True))
    return found
