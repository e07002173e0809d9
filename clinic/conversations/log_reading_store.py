"""What staff read of the log: a list that can be filtered, and one conversation. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from clinic.conversations.log_conditions_store import asked_of
from clinic.conversations.log_filter import BadFilter as BadFilter
from clinic.conversations.log_filter import Filter as Filter
from clinic.conversations.log_tables_store import LogConversationRow, LogTurnRow
from clinic.conversations.review_tables_store import ReviewRow
from clinic.conversations.tables_store import FeedbackRow
from clinic.db import Sessions
from clinic.engine.prediction import Kept

PAGE = 50
MOST_COUNTED = 10_000
NOTHING_KEPT = Kept()
Row = LogConversationRow


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list; `number` is its place there."""

    id: str
    number: int
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
    kept: Kept = NOTHING_KEPT


class LogReader:
    """Reads the log. A page of the list costs the same however long the log is."""

    def __init__(self, sessions: Sessions, zone: str = "Europe/London") -> None:
        self._sessions = sessions
        self._zone = ZoneInfo(zone)

    def page(self, wanted: Filter, limit: int = PAGE) -> list[Line]:
        """The newest conversations that the filter lets through; `before` goes on from the last of a page."""
        with self._sessions() as session:
            asked = asked_of(session, wanted, self._zone)
            rows = select(Row).select_from(asked.source).where(*asked.conditions).order_by(asked.number.desc())
            return _lines(session, list(session.scalars(rows.limit(limit))))

    def every(self, wanted: Filter, most: int = MOST_COUNTED) -> Iterator[Line]:
        """All that the filter lets through, for an export or a change of many."""
        found = self.page(wanted, PAGE)
        while found and most > 0:
            yield from found[:most]
            most -= len(found)
            found = self.page(wanted.but(before=cursor(found[-1])), PAGE) if len(found) == PAGE else []

    def neighbours(self, wanted: Filter, line: Line) -> tuple[Line | None, Line | None]:
        """The conversations before and after one in a filtered list."""
        whole = wanted.but(before="")
        with self._sessions() as session:
            asked = asked_of(session, whole, self._zone)
            newer = select(Row).select_from(asked.source).where(*asked.conditions, asked.number > line.number)
            before = _lines(session, list(session.scalars(newer.order_by(asked.number).limit(1))))
        after = self.page(wanted.but(before=cursor(line)), 1)
        return (before[0] if before else None, after[0] if after else None)

    def count(self, wanted: Filter, most: int = MOST_COUNTED) -> int:
        """How many the filter lets through, counted up to `most`."""
        with self._sessions() as session:
            asked = asked_of(session, wanted, self._zone)
            some = select(Row.id).select_from(asked.source).where(*asked.conditions).limit(most).subquery()
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

    def intent_at(self, conversation_id: str, moment: datetime) -> str:
        """The likeliest intent of what was said last before a moment; "" when nothing was."""
        mine = (LogTurnRow.conversation_id == conversation_id, LogTurnRow.at <= moment)
        with self._sessions() as session:
            row = session.scalar(select(LogTurnRow).where(*mine).order_by(LogTurnRow.place.desc()).limit(1))
            return str(row.guesses[0][0]) if row and row.guesses else row.intent if row else ""

    def turns(self, conversation_id: str, after: int = -1, limit: int = 100) -> list[LogTurn]:
        """The turns of a conversation beyond place `after`."""
        mine = (LogTurnRow.conversation_id == conversation_id, LogTurnRow.place > after)
        with self._sessions() as session:
            rows = session.scalars(select(LogTurnRow).where(*mine).order_by(LogTurnRow.place).limit(limit))
            return [_turn(row) for row in rows]


def cursor(line: Line) -> str:
    """Where the next page goes on."""
    return str(line.number)


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
        number=row.number,
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
        kept=_kept(row.kept or {}),
    )


def _kept(written: dict[str, Any]) -> Kept:
    return Kept(
        spelling=tuple((one[0], one[1]) for one in written.get("spelling") or []),
        parts=tuple(written.get("parts") or ()),
        model=written.get("model") or "",
        milliseconds=written.get("milliseconds"),
        steps=tuple(written.get("steps") or ()),
    )
