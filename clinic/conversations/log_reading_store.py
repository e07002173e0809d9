"""What staff read of the log: a list that can be filtered, and one conversation. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from clinic.conversations.log_conditions_store import asked_of
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_lines_store import lines_of, turn_of
from clinic.conversations.log_model import Line, LogTurn
from clinic.conversations.log_tables_store import LogConversationRow, LogTurnRow
from clinic.db import Sessions

PAGE = 50
MOST_COUNTED = 10_000
Row = LogConversationRow


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
            return lines_of(session, list(session.scalars(rows.limit(limit))))

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
            before = lines_of(session, list(session.scalars(newer.order_by(asked.number).limit(1))))
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
            return lines_of(session, [row])[0] if row else None

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
            return [turn_of(row) for row in rows]


def cursor(line: Line) -> str:
    """Where the next page goes on."""
    return str(line.number)
