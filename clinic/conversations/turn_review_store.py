"""What staff decide of one message: a flag, and what trainers are to learn from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.conversations.log_decisions_store import renew_decided
from clinic.conversations.log_tables_store import TURN, LogTurnRow
from clinic.conversations.review_model import ReviewError
from clinic.conversations.review_tables_store import ReviewTurnRow
from clinic.db import Sessions, take_turn

LONGEST_ANSWER = 2000
SENT = "sent"


@dataclass(frozen=True, slots=True)
class TurnReview:
    """What is decided of one message; `training` is empty, `sent`, or what the trainers' inbox made of it."""

    message_id: str
    flagged: bool = False
    right_intent: str = ""
    right_answer: str = ""
    training: str = ""
    who: str = ""


class TurnReviews:
    """Keeps decisions about single messages of the log."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of(self, conversation_id: str) -> dict[str, TurnReview]:
        """What is decided of a conversation's messages, by message id."""
        asked = select(ReviewTurnRow).where(ReviewTurnRow.conversation_id == conversation_id)
        with self._sessions() as session:
            return {row.message_id: _review(row) for row in session.scalars(asked)}

    def flag(self, conversation_id: str, message_id: str, who: str, *, flagged: bool) -> None:
        """Flag a message, or take its flag away; raises ReviewError for a message that is not there."""
        self._change(conversation_id, message_id, {"flagged": flagged, "who": who})

    def send(self, conversation_id: str, message_id: str, who: str, right: tuple[str, str]) -> None:
        """Hand a message to the trainers with its right intent and its right answer, one of which may be empty."""
        intent, answer = right[0].strip()[:80], right[1].strip()[:LONGEST_ANSWER]
        if not intent and not answer:
            raise ReviewError("Say what would have been right: the topic, or what should have been answered.")
        decided = {"right_intent": intent, "right_answer": answer, "training": SENT, "who": who}
        self._change(conversation_id, message_id, decided)

    def take_back(self, conversation_id: str, message_id: str, who: str) -> None:
        """Take a message back from the trainers, as long as they have not decided about it."""
        if self.of(conversation_id).get(message_id, TurnReview("")).training not in ("", SENT):
            raise ReviewError("The trainers have decided about this message already.")
        self._change(conversation_id, message_id, {"training": "", "who": who})

    def _change(self, conversation_id: str, message_id: str, values: dict[str, Any]) -> None:
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            row = session.get(ReviewTurnRow, (conversation_id, message_id))
            if row is None:
                _refuse_unsaid(session, conversation_id, message_id)
                row = ReviewTurnRow(conversation_id=conversation_id, message_id=message_id)
                row.flagged, row.right_intent, row.right_answer, row.training = False, "", "", ""
                session.add(row)
            for name, value in values.items():
                setattr(row, name, value)
            row.at = datetime.now(UTC)
            renew_decided(session, [conversation_id])


def _refuse_unsaid(session: Session, conversation_id: str, message_id: str) -> None:
    said = (LogTurnRow.conversation_id == conversation_id, LogTurnRow.message_id == message_id)
    if session.scalar(select(LogTurnRow.place).where(*said).limit(1)) is None:
        raise ReviewError("There is no such message. It may have been erased.")


def _review(row: ReviewTurnRow) -> TurnReview:
    return TurnReview(row.message_id, row.flagged, row.right_intent, row.right_answer, row.training, row.who)
