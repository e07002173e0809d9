"""What visitors asked and no article answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text

from clinic.db import Sessions
from clinic.knowledge.schema_store import ContentGapRow

# Another feature's table, so by its name: whose erasure is under way.
_ERASED = text("SELECT 1 FROM erasure WHERE conversation_id = :id")


@dataclass(frozen=True, slots=True)
class Gap:
    """A question nothing was quoted for, the nearest article's slug (or "") and when."""

    question: str
    nearest: str
    reason: str
    at: datetime
    conversation_id: str = ""


def add_gap(sessions: Sessions, gap: Gap, conversation_id: str = "") -> None:
    """Record a question the articles did not answer; it is erased with its conversation, and nothing is recorded of
    one that has been erased meanwhile.
    """
    row = ContentGapRow(question=gap.question, nearest=gap.nearest, reason=gap.reason[:40], at=gap.at)
    row.conversation_id = conversation_id
    with sessions.begin() as session:
        if conversation_id and session.scalar(_ERASED, {"id": conversation_id}):
            return
        session.add(row)


def forget_gaps(sessions: Sessions, conversation_id: str) -> None:
    """Erase the questions that were asked in a conversation."""
    with sessions.begin() as session:
        session.execute(delete(ContentGapRow).where(ContentGapRow.conversation_id == conversation_id))


def load_gaps(sessions: Sessions, limit: int = 100) -> list[Gap]:
    """The latest questions without an answer, the newest first."""
    with sessions() as session:
        rows = session.scalars(select(ContentGapRow).order_by(ContentGapRow.id.desc()).limit(limit))
        return [Gap(row.question, row.nearest, row.reason, row.at, row.conversation_id) for row in rows]
