"""A filter as conditions on the log's tables and on what other tables say of a conversation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, ColumnElement, and_, func, literal_column, or_, select, text
from sqlalchemy.orm import Session

from clinic.conversations.log_filter import BadFilter, Filter, day_of, number_of
from clinic.conversations.log_tables_store import LogConversationRow
from clinic.conversations.review_tables_store import ReviewRow, ReviewTurnRow
from clinic.conversations.search_store import MATCHES, match_query
from clinic.conversations.store import FeedbackRow
from clinic.conversations.unread_store import SeenRow

Row = LogConversationRow
Conditions = list[ColumnElement[bool]]
GOOD_ONES = "0123456789abcdef"
"""Of conversations that need nobody's attention those whose id begins with one of these are in a day's sample."""


def conditions_of(session: Session, wanted: Filter, zone: ZoneInfo) -> Conditions:
    """What must hold of a row of the log; raises BadFilter."""
    found: Conditions = [*_days(wanted, zone)]
    if wanted.before:
        found.append(_older(wanted.before))
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
        found.append(Row.red_flag != "" if wanted.flag == "any" else Row.red_flag == wanted.flag)
    if wanted.covered:
        found.append(Row.not_covered.is_(wanted.covered == "no"))
    return [*found, *_reviewed(wanted), *_elsewhere(wanted), *_searched(session, wanted.q)]


def _days(wanted: Filter, zone: ZoneInfo) -> Conditions:
    found: Conditions = []
    if wanted.since:
        found.append(Row.last >= day_of(wanted.since, zone)[0])
    if wanted.until:
        found.append(Row.last < day_of(wanted.until, zone)[1])
    if wanted.sample:
        begin, end = day_of(wanted.sample, zone)
        some = Row.id.startswith(GOOD_ONES[date.fromisoformat(wanted.sample).toordinal() % len(GOOD_ONES)])
        telling = or_(Row.not_covered, Row.red_flag != "", _thumbs(helpful=False), some)
        found += [Row.last >= begin, Row.last < end, telling]
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
    if wanted.unread:
        mine = (SeenRow.conversation_id == Row.id, SeenRow.who == wanted.reader, SeenRow.turns >= Row.turns)
        began = select(func.min(SeenRow.since)).where(SeenRow.who == wanted.reader).scalar_subquery()
        found += [~select(SeenRow.who).where(*mine).exists(), Row.last > func.coalesce(began, datetime.now(UTC))]
    return found


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


def _searched(session: Session, written: str) -> Conditions:
    dialect = session.get_bind().dialect.name
    query = match_query(written, dialect)
    if not query:
        return []
    return [Row.id.in_(text(MATCHES[dialect]).bindparams(query=query))]


def _older(before: str) -> ColumnElement[bool]:
    moment, _, last_id = before.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        raise BadFilter("The place in the list cannot be read.") from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return or_(Row.last < at, and_(Row.last == at, Row.id < last_id))
