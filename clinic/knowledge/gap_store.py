"""What visitors asked and no article answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from clinic.db import Sessions
from clinic.knowledge.schema_store import ContentGapRow


@dataclass(frozen=True, slots=True)
class Gap:
    """A question nothing was quoted for, the nearest article's slug (or "") and when."""

    question: str
    nearest: str
    reason: str
    at: datetime


def add_gap(sessions: Sessions, question: str, nearest: str, reason: str) -> None:
    """Record a question the articles did not answer."""
    with sessions.begin() as session:
        session.add(ContentGapRow(question=question, nearest=nearest, reason=reason[:40], at=datetime.now(UTC)))


def load_gaps(sessions: Sessions, limit: int = 100) -> list[Gap]:
    """The latest questions without an answer, the newest first."""
    with sessions() as session:
        rows = session.scalars(select(ContentGapRow).order_by(ContentGapRow.id.desc()).limit(limit))
        return [Gap(row.question, row.nearest, row.reason, row.at) for row in rows]
