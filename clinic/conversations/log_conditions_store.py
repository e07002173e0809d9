"""A filter as a path through the log and conditions on what stands along it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, ColumnElement, func, literal_column, or_, select
from sqlalchemy.orm import Session

from clinic.conversations.list_order import first_number
from clinic.conversations.log_facets_store import has_facet
from clinic.conversations.log_filter import Filter, day_of, number_of, place_of
from clinic.conversations.log_paths_store import Conditions, Path, path_of
from clinic.conversations.log_tables_store import LogConversationRow
from clinic.conversations.unread_store import SeenRow

Row = LogConversationRow
GOOD_ONES = "0123456789abcdef"
"""Of conversations that need nobody's attention those whose id begins with one of these are in a day's sample."""


def asked_of(session: Session, wanted: Filter, zone: ZoneInfo) -> Path:
    """What a filter asks for; raises BadFilter."""
    path = path_of(session, wanted)
    found: Conditions = [*path.conditions, *_days(path.number, wanted, zone)]
    if wanted.before:
        found.append(path.number < place_of(wanted.before))
    if wanted.below:
        found.append(Row.lowest < number_of(wanted.below))
    if wanted.least:
        found.append(Row.turns >= number_of(wanted.least))
    if wanted.most:
        found.append(Row.turns <= number_of(wanted.most))
    if wanted.unread:
        found += _unread(session, path.number, wanted.reader)
    return Path(path.source, path.number, [*found, *_elsewhere(wanted)])


def _days(number: ColumnElement[int], wanted: Filter, zone: ZoneInfo) -> Conditions:
    found: Conditions = []
    if wanted.since:
        found.append(number >= first_number(day_of(wanted.since, zone)[0]))
    if wanted.until:
        found.append(number < first_number(day_of(wanted.until, zone)[1]))
    if wanted.sample:
        begin, end = (first_number(one) for one in day_of(wanted.sample, zone))
        some = Row.id.startswith(GOOD_ONES[date.fromisoformat(wanted.sample).toordinal() % len(GOOD_ONES)])
        telling = or_(Row.not_covered, Row.red_flag != "", has_facet(number, "feedback=down"), some)
        found += [number >= begin, number < end, telling]
    return found


def _elsewhere(wanted: Filter) -> Conditions:
    """What another feature's table says of a conversation, so by its name."""
    if not wanted.request:
        return []
    asked = "EXISTS (SELECT 1 FROM appointment WHERE appointment.conversation_id = log_conversation.id)"
    return [literal_column(asked if wanted.request == "yes" else f"NOT {asked}", Boolean())]


def _unread(session: Session, number: ColumnElement[int], reader: str) -> Conditions:
    mine = (SeenRow.conversation_id == Row.id, SeenRow.who == reader, SeenRow.turns >= Row.turns)
    began = session.scalar(select(func.min(SeenRow.since)).where(SeenRow.who == reader))
    # The next millisecond: numbers tell no shorter times apart, and what was said before the first look is not unread.
    since = (began or datetime.now(UTC)) + timedelta(milliseconds=1)
    return [number >= first_number(since), ~select(SeenRow.who).where(*mine).exists()]
