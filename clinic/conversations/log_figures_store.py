"""Figures of the log: how many, when, how fast, and what became of offers. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, bindparam, case, cast, func, select, text
from sqlalchemy.orm import Session

from clinic.conversations.log_tables_store import LogConversationRow, LogTurnRow
from clinic.conversations.store import FeedbackRow
from clinic.db import Sessions, UtcTime

STEP = 25
"""Response times are told to this many milliseconds."""
Row = LogConversationRow


@dataclass(frozen=True, slots=True)
class Counts:
    """Conversations, and of them those answered from an article, with a question not covered, with a red flag."""

    conversations: int = 0
    answered: int = 0
    not_covered: int = 0
    urgent: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.conversations + other.conversations,
            self.answered + other.answered,
            self.not_covered + other.not_covered,
            self.urgent + other.urgent,
        )


@dataclass(frozen=True, slots=True)
class Funnel:
    """Conversations in which an appointment was offered, asked for, and agreed on."""

    offered: int
    requested: int
    accepted: int


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What one model answered: messages, of them not covered, and response times in milliseconds."""

    model: str
    messages: int
    not_covered: int
    middle: int
    slowest: int


class LogFigures:
    """Counts over stretches of time, in the clinic's days and hours."""

    def __init__(self, sessions: Sessions, zone: str = "Europe/London") -> None:
        self._sessions = sessions
        self._zone = ZoneInfo(zone)

    def hours(self, since: datetime) -> dict[datetime, Counts]:
        """Counts of every hour since then in which something was said last, by its beginning at the clinic."""
        with self._sessions() as session:
            hour = _hour(session, Row.last)
            answered, silent, urgent = (
                func.sum(case((one, 1), else_=0))
                for one in (Row.kinds.contains("|answer|"), Row.not_covered, Row.red_flag != "")
            )
            asked = select(hour, func.count(), answered, silent, urgent).where(Row.last >= since).group_by(hour)
            rows = session.execute(asked).all()
        return {self._local(row[0]): Counts(row[1], *(int(one or 0) for one in row[2:])) for row in rows}

    def topics(self, since: datetime, limit: int = 12) -> list[tuple[str, int]]:
        """What was asked most since then: intents of turns."""
        asked = select(LogTurnRow.intent, func.count()).where(LogTurnRow.at >= since, LogTurnRow.intent != "")
        asked = asked.group_by(LogTurnRow.intent).order_by(func.count().desc(), LogTurnRow.intent).limit(limit)
        with self._sessions() as session:
            return [(row[0], row[1]) for row in session.execute(asked)]

    def funnel(self, begin: datetime, end: datetime) -> Funnel:
        """From the offer to the agreed appointment, of the conversations of a stretch of time."""
        within = (Row.last >= begin, Row.last < end)
        # Another feature's table, so by its name.
        asked = text(
            "SELECT count(*), coalesce(sum(CASE WHEN a.status IN ('accepted', 'done') THEN 1 ELSE 0 END), 0)"
            " FROM appointment a JOIN log_conversation c ON c.id = a.conversation_id"
            " WHERE c.last >= :begin AND c.last < :end"
        ).bindparams(bindparam("begin", type_=UtcTime), bindparam("end", type_=UtcTime))
        offers = select(func.count()).where(*within, Row.kinds.contains("|offer|"))
        with self._sessions() as session:
            made = session.execute(asked, {"begin": begin, "end": end}).one()
            return Funnel(session.scalar(offers) or 0, made[0], made[1])

    def feedback(self, begin: datetime, end: datetime) -> tuple[int, int]:
        """How many answers helped, and how many did not."""
        within = (FeedbackRow.at >= begin, FeedbackRow.at < end)
        asked = select(FeedbackRow.helpful, func.count()).where(*within).group_by(FeedbackRow.helpful)
        with self._sessions() as session:
            found = {bool(row[0]): int(row[1]) for row in session.execute(asked)}
        return found.get(True, 0), found.get(False, 0)

    def models(self, since: datetime) -> list[ModelFigures]:
        """What each model answered since then, the busiest first; "" stands for messages it is not known of."""
        bucket = LogTurnRow.milliseconds / STEP
        silent = func.sum(case((LogTurnRow.kinds.contains("not_covered"), 1), else_=0))
        whole = cast(func.floor(bucket), String)
        asked = select(LogTurnRow.model, whole, func.count(), silent).where(LogTurnRow.at >= since)
        times: dict[str, Counter[int]] = {}
        uncovered: Counter[str] = Counter()
        messages: Counter[str] = Counter()
        with self._sessions() as session:
            for model, step, count, missing in session.execute(asked.group_by(LogTurnRow.model, whole)):
                messages[model] += count
                uncovered[model] += missing or 0
                if step is not None:
                    times.setdefault(model, Counter())[int(float(step))] += count
        return [
            ModelFigures(one, count, uncovered[one], *(_percentile(times.get(one, Counter()), at) for at in (50, 95)))
            for one, count in messages.most_common(10)
        ]

    def _local(self, hour: str) -> datetime:
        moment = datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC)
        return moment.astimezone(self._zone).replace(minute=0)


def _hour(session: Session, column: ColumnElement[datetime] | object) -> ColumnElement[str]:
    if session.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24")
    return func.replace(func.substr(cast(column, String), 1, 13), "T", " ")


def _percentile(steps: Counter[int], percent: int) -> int:
    left = sum(steps.values()) * percent / 100
    for step in sorted(steps):
        left -= steps[step]
        if left <= 0:
            return (step + 1) * STEP
    return 0
