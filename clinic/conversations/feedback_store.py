"""What visitors thought of replies; the newest word on a reply counts."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.conversations.log_decisions_store import renew_decided
from clinic.conversations.log_tables_store import TURN
from clinic.conversations.model import Feedback, NoConversation, NoReply
from clinic.conversations.tables_store import ConversationRow, FeedbackRow, MessageRow
from clinic.db import Sessions, take_turn


class GivenFeedback:
    """Keeps feedback, and the log's facets of it with each change."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def keep(self, conversation_id: str, feedback: Feedback) -> None:
        """Keep what a visitor thought of a reply of this conversation; raises NoReply, NoConversation."""
        with self._sessions() as session:
            if feedback.reply_id not in _reply_ids(session, conversation_id):
                raise NoReply
        row = FeedbackRow(
            reply_id=feedback.reply_id,
            conversation_id=conversation_id,
            helpful=feedback.helpful,
            comment=feedback.comment,
            at=datetime.now(UTC),
        )
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            session.merge(row)
            renew_decided(session, [conversation_id])

    def of(self, conversation_id: str) -> list[Feedback]:
        """What the visitor thought of replies, in the order it was said."""
        mine = select(FeedbackRow).where(FeedbackRow.conversation_id == conversation_id).order_by(FeedbackRow.at)
        with self._sessions() as session:
            return [Feedback(row.reply_id, row.helpful, row.comment) for row in session.scalars(mine)]


def _reply_ids(session: Session, conversation_id: str) -> set[object]:
    """The ids of all that was said to a visitor, the opening included; raises NoConversation."""
    row = session.get(ConversationRow, conversation_id)
    if row is None:
        raise NoConversation
    answers = session.scalars(select(MessageRow.replies).where(MessageRow.conversation_id == conversation_id))
    return {reply.get("id") for replies in (row.opening, *answers) for reply in replies}
