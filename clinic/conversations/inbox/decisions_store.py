"""What trainers decided about messages of the inbox. Nothing a visitor said is kept here, so nothing is erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.conversations.inbox.model import Decision, Verdict
from clinic.db import Base, Sessions, UtcTime


class InboxDecisionRow(Base):
    """One decision, under a hash of the words it was about."""

    __tablename__ = "inbox_decision"
    key: Mapped[str] = mapped_column(String(24), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(10), index=True)
    intent: Mapped[str] = mapped_column(String(80))
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcTime)
    batch: Mapped[str] = mapped_column(String(36), index=True)
    change: Mapped[str] = mapped_column(String(36))
    assignee: Mapped[str] = mapped_column(String(60))


class Decisions:
    """Keeps decisions; the newest counts."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def keep(self, decisions: Iterable[Decision]) -> None:
        """Keep these, all or none."""
        with self._sessions.begin() as session:
            for one in decisions:
                session.merge(
                    InboxDecisionRow(
                        key=one.key, verdict=one.verdict, intent=one.intent, who=one.who, at=one.at,
                        batch=one.batch, change=one.change, assignee=one.assignee,
                    )
                )  # fmt: skip

    def all(self) -> dict[str, Decision]:
        """Every decision by its key."""
        with self._sessions() as session:
            return {row.key: _decision(row) for row in session.scalars(select(InboxDecisionRow))}

    def take_back(self, batch: str, who: str) -> list[Decision]:
        """Forget what somebody decided with one click; what was forgotten. Another's batch is left alone."""
        mine = (InboxDecisionRow.batch == batch, InboxDecisionRow.who == who)
        with self._sessions.begin() as session:
            found = [_decision(row) for row in session.scalars(select(InboxDecisionRow).where(*mine))]
            session.execute(delete(InboxDecisionRow).where(*mine))
        return found


def _decision(row: InboxDecisionRow) -> Decision:
    verdict: Verdict = row.verdict  # type: ignore[assignment]
    return Decision(row.key, verdict, row.who, row.at, row.intent, row.batch, row.change, row.assignee)
