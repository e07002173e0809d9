"""A filter as conditions on the log's tables and on what other tables say of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session, join

from clinic.conversations.list_order import first_number
from clinic.conversations.log_filter import Filter, day_of, number_of, place_of
from clinic.conversations.log_tables_store import FLAGGED, LogConversationRow
from clinic.conversations.review_tables_store import ReviewRow, ReviewTurnRow
from clinic.conversations.search_store import MATCHES, match_query
from clinic.conversations.store import FeedbackRow
from clinic.conversations.unread_store import SeenRow

Row = LogConversationRow
Conditions = list[ColumnElement[bool]]
_FOUND = table("log_search", sqlalchemy.column("rowid", BigInteger), sqlalchemy.column("number", BigInteger))
GOOD_ONES = "0123456789abcdef"
"""Of conversations that need nobody's attention those whose id begins with one of these are in a day's sample."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where conversations are read from, the number along which they are, and what must hold of each."""

    source: FromClause
    number: ColumnElement[int]
    conditions: Conditions


def asked_of(session: Session, wanted: Filter, zone: ZoneInfo) -> Asked:
    """What a filter asks for; raises BadFilter."""
    source, number, searched = _searched(session, wanted.q)
    found: Conditions = [*searched, *_days(number, wanted, zone)]
    if wanted.before:
        found.append(number < place_of(wanted.before))
    if wanted.below:
        found.append(Row.lowest < number_of(wanted.below))
    if wanted.least:
        found.append(Row.turns >= number_of(wanted.least))
    if wanted.most:
        found.append(Row.turns <= number_of(wanted.most))
    sets = (
        (Row.intents, wanted.intent),
        (Row.kinds, wanted.kind),
        (Row.articles, wanted.article),
        (Row.models, wanted.model),
        (Row.reasons, wanted.why),
    )
    found += [column.contains(f"|{value}|", autoescape=True) for column, value in sets if value]
    if wanted.flag:
        found.append(FLAGGED if wanted.flag == "any" else Row.red_flag == wanted.flag)
    if wanted.covered:
        found.append(Row.not_covered == (wanted.covered == "no"))
    if wanted.unread:
        found += _unread(session, number, wanted.reader)
    return Asked(source, number, [*found, *_reviewed(wanted), *_elsewhere(wanted)])


def _days(number: ColumnElement[int], wanted: Filter, zone: ZoneInfo) -> Conditions:
    found: Conditions = []
    if wanted.since:
        found.append(number >= first_number(day_of(wanted.since, zone)[0]))
    if wanted.until:
        found.append(number < first_number(day_of(wanted.until, zone)[1]))
    if wanted.sample:
        begin, end = (first_number(one) for one in day_of(wanted.sample, zone))
        some = Row.id.startswith(GOOD_ONES[date.fromisoformat(wanted.sample).toordinal() % len(GOOD_ONES)])
        telling = or_(Row.not_covered, FLAGGED, _thumbs(helpful=False), some)
        found += [number >= begin, number < end, telling]
    return found


def _thumbs(*, helpful: bool) -> ColumnElement[bool]:
    thumbs = (FeedbackRow.conversation_id == Row.id, FeedbackRow.helpful.is_(helpful))
    return select(FeedbackRow.reply_id).where(*thumbs).exists()


def _elsewhere(wanted: Filter) -> Conditions:
    """What other tables say of a conversation."""
    found: Conditions = []
    if wanted.feedback:
        found.append(_thumbs(helpful=wanted.feedback == "up"))
    if wanted.request:
        # Another feature's table, so by its name.
        asked = "EXISTS (SELECT 1 FROM appointment WHERE appointment.conversation_id = log_conversation.id)"
        found.append(literal_column(asked if wanted.request == "yes" else f"NOT {asked}", Boolean()))
    return found


def _unread(session: Session, number: ColumnElement[int], reader: str) -> Conditions:
    mine = (SeenRow.conversation_id == Row.id, SeenRow.who == reader, SeenRow.turns >= Row.turns)
    began = session.scalar(select(func.min(SeenRow.since)).where(SeenRow.who == reader))
    since = began or datetime.now(UTC)
    return [number >= first_number(since), Row.last > since, ~select(SeenRow.who).where(*mine).exists()]


def _reviewed(wanted: Filter) -> Conditions:
    """What staff decided of it."""
    found: Conditions = []
    mine = select(ReviewRow.conversation_id).where(ReviewRow.conversation_id == Row.id)
    if wanted.state == "open":
        found.append(~mine.where(ReviewRow.state != "open").exists())
    elif wanted.state:
        found.append(mine.where(ReviewRow.state == wanted.state).exists())
    for column, value in ((ReviewRow.verdict, wanted.verdict), (ReviewRow.assignee, wanted.assignee)):
        if value:
            found.append(mine.where(column == value).exists())
    if wanted.tag:
        found.append(mine.where(ReviewRow.tags.contains(f"|{wanted.tag.lower()}|", autoescape=True)).exists())
    if wanted.marked:
        turn = select(ReviewTurnRow.message_id).where(ReviewTurnRow.conversation_id == Row.id, ReviewTurnRow.flagged)
        found.append(or_(mine.where(ReviewRow.flagged).exists(), turn.exists()))
    return found


def _searched(session: Session, written: str) -> tuple[FromClause, ColumnElement[int], Conditions]:
    dialect = session.get_bind().dialect.name
    query = match_query(written, dialect)
    if not query:
        return Row.__table__, Row.number.expression, []
    matches = cast("ColumnElement[bool]", text(MATCHES[dialect]).bindparams(query=query))
    if dialect == "sqlite":
        # The sign keeps SQLite from asking the index of words once for every conversation.
        joined = join(_FOUND, Row, Row.number == literal_column("+log_search.rowid"))
        return joined, _FOUND.c.rowid, [matches]
    return join(_FOUND, Row, Row.number == _FOUND.c.number), _FOUND.c.number, [matches]
