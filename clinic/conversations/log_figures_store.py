"""Figures of the log: how many, when, how fast, and what became of offers. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select, text

from clinic.conversations.log_tally_store import STEP, LogTallyRow, hour_of
from clinic.conversations.tables_store import FeedbackRow
from clinic.db import Sessions, UtcTime

Tallies = LogTallyRow


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
        found: dict[datetime, dict[str, int]] = {}
        for hour, key, count in self._tallies("conversation", since):
            found.setdefault(self._local(hour), {})[key] = count
        names = ("all", "answered", "not_covered", "urgent")
        return {hour: Counts(*(counts.get(name, 0) for name in names)) for hour, counts in found.items()}

    def topics(self, since: datetime, limit: int = 12) -> list[tuple[str, int]]:
        """What was asked most since then: intents of turns."""
        found = self._sums("intent", since)
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:limit]

    def funnel(self, begin: datetime, end: datetime) -> Funnel:
        """From the offer to the agreed appointment, of the conversations of a stretch of time."""
        # Another feature's table, so by its name.
        asked = text(
            "SELECT count(*), coalesce(sum(CASE WHEN a.status IN ('accepted', 'done') THEN 1 ELSE 0 END), 0)"
            " FROM appointment a JOIN log_conversation c ON c.id = a.conversation_id"
            " WHERE c.last >= :begin AND c.last < :end"
        ).bindparams(bindparam("begin", type_=UtcTime), bindparam("end", type_=UtcTime))
        offers = [count for _, key, count in self._tallies("conversation", begin, end) if key == "offered"]
        with self._sessions() as session:
            made = session.execute(asked, {"begin": begin, "end": end}).one()
        return Funnel(sum(offers), made[0], made[1])

    def feedback(self, begin: datetime, end: datetime) -> tuple[int, int]:
        """How many answers helped, and how many did not."""
        within = (FeedbackRow.at >= begin, FeedbackRow.at < end)
        asked = select(FeedbackRow.helpful, func.count()).where(*within).group_by(FeedbackRow.helpful)
        with self._sessions() as session:
            found = {bool(row[0]): int(row[1]) for row in session.execute(asked)}
        return found.get(True, 0), found.get(False, 0)

    def models(self, since: datetime) -> list[ModelFigures]:
        """What each model answered since then, the busiest first; "" stands for messages it is not known of."""
        messages, silent = Counter(self._sums("model", since)), self._sums("silent", since)
        times: dict[str, Counter[int]] = {}
        for key, count in self._sums("wait", since).items():
            model, _, step = key.rpartition("|")
            times.setdefault(model, Counter())[int(step)] += count
        return [
            ModelFigures(
                one, count, silent.get(one, 0), *(_percentile(times.get(one, Counter()), at) for at in (50, 95))
            )
            for one, count in messages.most_common(10)
        ]

    def _tallies(self, what: str, begin: datetime, end: datetime | None = None) -> list[tuple[int, str, int]]:
        """Hour, key and count; `end` is where the hours end, not counted."""
        asked = select(Tallies.hour, Tallies.key, Tallies.count).where(
            Tallies.what == what, Tallies.hour >= hour_of(begin)
        )
        if end is not None:
            asked = asked.where(Tallies.hour <= hour_of(end - timedelta(microseconds=1)))
        with self._sessions() as session:
            return [(row[0], row[1], row[2]) for row in session.execute(asked)]

    def _sums(self, what: str, since: datetime) -> dict[str, int]:
        within = (Tallies.what == what, Tallies.hour >= hour_of(since))
        asked = select(Tallies.key, func.sum(Tallies.count)).where(*within).group_by(Tallies.key)
        with self._sessions() as session:
            return {row[0]: int(row[1]) for row in session.execute(asked)}

    def _local(self, hour: int) -> datetime:
        return datetime.fromtimestamp(hour * 3600, UTC).astimezone(self._zone).replace(minute=0)


def _percentile(steps: Counter[int], percent: int) -> int:
    left = sum(steps.values()) * percent / 100
    for step in sorted(steps):
        left -= steps[step]
        if left <= 0:
            return (step + 1) * STEP
    return 0
