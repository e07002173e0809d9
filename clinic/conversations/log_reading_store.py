"""What staff read of the log: a list that can be filtered, one conversation, figures. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from clinic.conversations.log_tables_store import LogConversationRow, LogTurnRow
from clinic.conversations.review_store import ReviewRow
from clinic.conversations.search_store import MATCHES, match_query
from clinic.conversations.store import FeedbackRow
from clinic.db import Sessions

PAGE = 50
MOST_COUNTED = 10_000
Row = LogConversationRow


class BadFilter(ValueError):
    """A filter that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; each part may be empty, and all that are not must hold.

    `since` and `until` are days as 2026-11-29; `below` is a confidence.
    """

    q: str = ""
    since: str = ""
    until: str = ""
    intent: str = ""
    kind: str = ""
    article: str = ""
    flag: str = ""
    covered: str = ""
    feedback: str = ""
    request: str = ""
    state: str = ""
    verdict: str = ""
    assignee: str = ""
    tag: str = ""
    below: str = ""
    before: str = ""

    @classmethod
    def read(cls, written: dict[str, str]) -> Filter:
        """From an address; what is no filter is left out."""
        return cls(**{one.name: written.get(one.name, "")[:200].replace("\x00", "") for one in fields(cls)})

    def parts(self) -> dict[str, str]:
        """What is not empty, for an address."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list."""

    id: str
    started: datetime
    last: datetime
    turns: int
    first_words: str
    kinds: tuple[str, ...]
    intents: tuple[str, ...]
    red_flag: str
    not_covered: bool
    helpful: int
    unhelpful: int
    request: str
    state: str
    verdict: str
    assignee: str
    outcome: str


@dataclass(frozen=True, slots=True)
class LogTurn:
    """A turn of one conversation."""

    place: int
    message_id: str
    at: datetime
    text: str
    intent: str
    confidence: float
    guesses: tuple[tuple[str, float], ...]
    actions: tuple[str, ...]
    red_flag: str
    replies: tuple[dict[str, Any], ...]
    milliseconds: int | None


class LogReader:
    """Reads the log. A page of the list costs the same however long the log is."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def page(self, wanted: Filter, limit: int = PAGE) -> list[Line]:
        """The newest conversations that the filter lets through; `before` goes on from the last of a page."""
        with self._sessions() as session:
            asked = select(Row).where(*_conditions(session, wanted)).order_by(Row.last.desc(), Row.id.desc())
            return _lines(session, list(session.scalars(asked.limit(limit))))

    def every(self, wanted: Filter, most: int = MOST_COUNTED) -> Iterator[Line]:
        """All that the filter lets through, for an export or a change of many."""
        found = self.page(wanted, PAGE)
        while found and most > 0:
            yield from found[:most]
            most -= len(found)
            again = {**wanted.parts(), "before": cursor(found[-1])}
            found = self.page(Filter.read(again), PAGE) if len(found) == PAGE else []

    def neighbours(self, wanted: Filter, line: Line) -> tuple[Line | None, Line | None]:
        """The conversations before and after one in a filtered list."""
        whole = Filter.read({**wanted.parts(), "before": ""})
        newer = or_(Row.last > line.last, and_(Row.last == line.last, Row.id > line.id))
        with self._sessions() as session:
            asked = select(Row).where(*_conditions(session, whole), newer).order_by(Row.last, Row.id).limit(1)
            before = _lines(session, list(session.scalars(asked)))
        after = self.page(Filter.read({**wanted.parts(), "before": cursor(line)}), 1)
        return (before[0] if before else None, after[0] if after else None)

    def count(self, wanted: Filter) -> int:
        """How many the filter lets through, counted up to MOST_COUNTED."""
        with self._sessions() as session:
            some = select(Row.id).where(*_conditions(session, wanted)).limit(MOST_COUNTED).subquery()
            return int(session.scalar(select(func.count()).select_from(some)) or 0)

    def find(self, reference: str) -> str | None:
        """The whole id of a conversation from its first letters, four or more; None for none or several."""
        if not 4 <= len(reference) <= 64 or not reference.replace("-", "").replace("_", "").isalnum():
            return None
        asked = select(Row.id).where(Row.id.startswith(reference, autoescape=True)).limit(2)
        with self._sessions() as session:
            found = list(session.scalars(asked))
        return found[0] if len(found) == 1 or (found and found[0] == reference) else None

    def line(self, conversation_id: str) -> Line | None:
        """One conversation as the list shows it."""
        with self._sessions() as session:
            row = session.get(Row, conversation_id)
            return _lines(session, [row])[0] if row else None

    def turns(self, conversation_id: str, after: int = -1, limit: int = 100) -> list[LogTurn]:
        """The turns of a conversation beyond place `after`."""
        mine = (LogTurnRow.conversation_id == conversation_id, LogTurnRow.place > after)
        with self._sessions() as session:
            rows = session.scalars(select(LogTurnRow).where(*mine).order_by(LogTurnRow.place).limit(limit))
            return [_turn(row) for row in rows]

    def days(self, since: datetime) -> list[tuple[str, int, int, int]]:
        """Of each day since then: conversations, those with a question not covered, those with a red flag."""
        day = func.substr(cast(Row.last, String), 1, 10)
        counted = (func.count(), func.sum(case((Row.not_covered, 1), else_=0)))
        flags = func.sum(case((Row.red_flag != "", 1), else_=0))
        asked = select(day, *counted, flags).where(Row.last >= since).group_by(day).order_by(day)
        with self._sessions() as session:
            return [(str(row[0]), row[1], row[2] or 0, row[3] or 0) for row in session.execute(asked)]

    def topics(self, since: datetime, limit: int = 12) -> list[tuple[str, int]]:
        """What was asked most since then: intents of turns."""
        asked = select(LogTurnRow.intent, func.count()).where(LogTurnRow.at >= since, LogTurnRow.intent != "")
        asked = asked.group_by(LogTurnRow.intent).order_by(func.count().desc(), LogTurnRow.intent).limit(limit)
        with self._sessions() as session:
            return [(row[0], row[1]) for row in session.execute(asked)]


def cursor(line: Line) -> str:
    """Where the next page goes on."""
    return f"{line.last.isoformat()}~{line.id}"


def _conditions(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(Row.last >= _day(wanted.since))
    if wanted.until:
        found.append(Row.last < _day(wanted.until) + timedelta(days=1))
    if wanted.before:
        found.append(_older(wanted.before))
    if wanted.below:
        found.append(Row.lowest < _number(wanted.below))
    for column, value in ((Row.intents, wanted.intent), (Row.kinds, wanted.kind), (Row.articles, wanted.article)):
        if value:
            found.append(column.contains(f"|{value}|", autoescape=True))
    if wanted.flag:
        found.append(Row.red_flag != "" if wanted.flag == "any" else Row.red_flag == wanted.flag)
    if wanted.covered:
        found.append(Row.not_covered.is_(wanted.covered == "no"))
    return [*found, *_elsewhere(wanted), *_searched(session, wanted.q)]


def _elsewhere(wanted: Filter) -> list[ColumnElement[bool]]:
    """What other tables say of a conversation."""
    found: list[ColumnElement[bool]] = []
    if wanted.feedback:
        thumbs = (FeedbackRow.conversation_id == Row.id, FeedbackRow.helpful.is_(wanted.feedback == "up"))
        found.append(select(FeedbackRow.reply_id).where(*thumbs).exists())
    if wanted.request:
        # Another feature's table, so by its name.
        asked = "EXISTS (SELECT 1 FROM appointment WHERE appointment.conversation_id = log_conversation.id)"
        found.append(literal_column(asked if wanted.request == "yes" else f"NOT {asked}", Boolean()))
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
    return found


def _searched(session: Session, written: str) -> list[ColumnElement[bool]]:
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


def _day(written: str) -> datetime:
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise BadFilter(f"{written!r} is not a day: write it as 2026-11-29.") from None


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise BadFilter(f"{written!r} is not a number between 0 and 1.") from None


def _lines(session: Session, rows: list[LogConversationRow]) -> list[Line]:
    ids = [row.id for row in rows]
    reviews = {
        one.conversation_id: one for one in session.scalars(select(ReviewRow).where(ReviewRow.conversation_id.in_(ids)))
    }
    thumbs: dict[str, list[bool]] = {}
    for one in session.scalars(select(FeedbackRow).where(FeedbackRow.conversation_id.in_(ids))):
        thumbs.setdefault(one.conversation_id, []).append(one.helpful)
    wanted = text("SELECT conversation_id, status FROM appointment WHERE conversation_id IN :ids ORDER BY made")
    expanding = wanted.bindparams(bindparam("ids", expanding=True))
    requests = {row[0]: row[1] for row in session.execute(expanding, {"ids": ids})} if ids else {}
    return [_line(row, reviews.get(row.id), thumbs.get(row.id, []), requests.get(row.id, "")) for row in rows]


def _line(row: LogConversationRow, review: ReviewRow | None, thumbs: list[bool], request: str) -> Line:
    return Line(
        id=row.id,
        started=row.started,
        last=row.last,
        turns=row.turns,
        first_words=row.first_words,
        kinds=_parts(row.kinds),
        intents=_parts(row.intents),
        red_flag=row.red_flag,
        not_covered=row.not_covered,
        helpful=sum(thumbs),
        unhelpful=len(thumbs) - sum(thumbs),
        request=request,
        state=review.state if review else "open",
        verdict=review.verdict if review else "",
        assignee=review.assignee if review else "",
        outcome=review.outcome if review else "",
    )


def _parts(written: str) -> tuple[str, ...]:
    return tuple(written.strip("|").split("|")) if written else ()


def _turn(row: LogTurnRow) -> LogTurn:
    return LogTurn(
        place=row.place,
        message_id=row.message_id,
        at=row.at,
        text=row.text,
        intent=row.intent,
        confidence=row.confidence,
        guesses=tuple((one[0], one[1]) for one in row.guesses),
        actions=tuple(row.actions),
        red_flag=row.red_flag,
        replies=tuple(row.replies),
        milliseconds=row.milliseconds,
    )
