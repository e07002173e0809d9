"""Messages that staff sent to the trainers, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from clinic.conversations.inbox.model import Place
from clinic.conversations.log_tables_store import LogTurnRow
from clinic.conversations.review_tables_store import ReviewTurnRow
from clinic.conversations.turn_review_store import SENT
from clinic.db import Sessions


@dataclass(frozen=True, slots=True)
class SentMessage:
    """What staff say of a message: its right intent or its right answer, one of which may be empty."""

    right_intent: str
    right_answer: str


def sent_messages(session: Session, newest: int) -> dict[tuple[str, str], SentMessage]:
    """What was sent, by conversation and message id; what trainers decided since stays in it."""
    asked = select(ReviewTurnRow).where(ReviewTurnRow.training != "").order_by(ReviewTurnRow.at.desc()).limit(newest)
    return {
        (row.conversation_id, row.message_id): SentMessage(row.right_intent, row.right_answer)
        for row in session.scalars(asked)
    }


def tell_staff(sessions: Sessions, places: Iterable[Place], verdict: str) -> None:
    """Say beside the messages that were sent what trainers made of them; an empty verdict is none any more."""
    with sessions.begin() as session:
        for place in places:
            here = (LogTurnRow.conversation_id == place.conversation_id, LogTurnRow.place == place.turn)
            ids = select(LogTurnRow.message_id).where(*here).scalar_subquery()
            mine = (ReviewTurnRow.conversation_id == place.conversation_id, ReviewTurnRow.message_id == ids)
            changed = update(ReviewTurnRow).where(*mine, ReviewTurnRow.training != "").values(training=verdict or SENT)
            session.execute(changed.execution_options(synchronize_session=False))
