"""Conversations: begun, found by their token, looked for, and erased."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update

from clinic.conversations.feedback_store import GivenFeedback
from clinic.conversations.message_store import Messages
from clinic.conversations.model import Conversation, NoConversation, Page
from clinic.conversations.tables_store import ConversationRow, FeedbackRow, MessageRow
from clinic.db import Sessions
from clinic.engine.prediction import ReplyJson

FEWEST_DIGITS = 7
"""Of a telephone number, for it to be looked for by its digits."""

_OF_TOKEN = select(ConversationRow.id, ConversationRow.started, ConversationRow.expires, ConversationRow.page).where(
    ConversationRow.token_hash == bindparam("token")
)


class Conversations:
    """The store of what visitors said: conversations, with their `messages` and the `feedback` on their replies.

    Every method is one short transaction.
    """

    def __init__(self, sessions: Sessions, token_life: timedelta) -> None:
        self.messages = Messages(sessions)
        self.feedback = GivenFeedback(sessions)
        self._sessions = sessions
        self._token_life = token_life

    def start(self, page: Page, opening: list[ReplyJson]) -> tuple[str, Conversation]:
        """Make a conversation that opens with `opening`; returns its unguessable token, kept nowhere."""
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        row = ConversationRow(
            id=str(uuid.uuid4()),
            token_hash=_hash(token),
            started=now,
            expires=now + self._token_life,
            page={"url": page.url, "title": page.title, "article": page.article},
            opening=opening,
        )
        with self._sessions.begin() as session:
            session.add(row)
        return token, _conversation(row)

    def find(self, token: str) -> Conversation:
        """The conversation of a token, its life renewed once a day; raises NoConversation."""
        now = datetime.now(UTC)
        with self._sessions.begin() as session:
            row = session.connection().execute(_OF_TOKEN, {"token": _hash(token)}).one_or_none()
            if row is None or row.expires < now:
                raise NoConversation
            found = Conversation(row.id, row.started, row.expires, Page(**row.page))
            if found.expires >= now + self._token_life - timedelta(days=1):
                return found
            renewed = update(ConversationRow).where(ConversationRow.id == found.id)
            session.execute(renewed.values(expires=now + self._token_life))
            return replace(found, expires=now + self._token_life)

    def stamps(self, conversation_ids: Iterable[str]) -> dict[str, object]:
        """For each conversation that exists a value that changes with every message and answer."""
        wanted = list(conversation_ids)
        found: dict[str, object] = {}
        asked = (
            select(ConversationRow.id, func.count(MessageRow.number), func.max(MessageRow.answered))
            .outerjoin(MessageRow, MessageRow.conversation_id == ConversationRow.id)
            .group_by(ConversationRow.id)
        )
        with self._sessions() as session:
            for begin in range(0, len(wanted), 500):
                some = asked.where(ConversationRow.id.in_(wanted[begin : begin + 500]))
                found |= {row[0]: (row[1], row[2]) for row in session.execute(some)}
        return found

    def opening(self, conversation_id: str) -> tuple[datetime, list[ReplyJson]]:
        """When the conversation began and the replies it opened with; raises NoConversation."""
        with self._sessions() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                raise NoConversation
            return row.started, row.opening

    def newest(self, limit: int) -> list[str]:
        """The ids of the conversations in which something was said, the last spoken first."""
        last = func.max(MessageRow.number)
        asked = select(MessageRow.conversation_id).group_by(MessageRow.conversation_id).order_by(last.desc())
        with self._sessions() as session:
            return list(session.scalars(asked.limit(limit)))

    def silent_since(self, moment: datetime, limit: int) -> list[str]:
        """Conversations in which nothing was said since `moment`, the oldest first."""
        spoken = select(MessageRow.conversation_id).where(MessageRow.at >= moment)
        asked = (
            select(ConversationRow.id)
            .where(ConversationRow.started < moment, ConversationRow.id.not_in(spoken))
            .order_by(ConversationRow.started)
            .limit(limit)
        )
        with self._sessions() as session:
            return list(session.scalars(asked))

    def naming(self, contact: str, limit: int = 200) -> list[str]:
        """Conversations in which a visitor wrote this address or telephone number, however its digits are spaced."""
        digits = "".join(one for one in contact if one.isdigit())[-9:]
        said = func.lower(MessageRow.text)
        for gap in (" ", "-", "(", ")", "."):
            said = func.replace(said, gap, "")
        wanted = func.lower(MessageRow.text).contains(contact.strip().lower(), autoescape=True)
        if "@" not in contact and len(digits) >= FEWEST_DIGITS:
            wanted = said.contains(digits)
        asked = select(MessageRow.conversation_id).where(wanted).distinct().limit(limit)
        with self._sessions() as session:
            return list(session.scalars(asked))

    def erase(self, conversation_id: str) -> None:
        """Delete everything said in a conversation from our tables."""
        with self._sessions.begin() as session:
            for row in (FeedbackRow, MessageRow):
                session.execute(delete(row).where(row.conversation_id == conversation_id))
            session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(row.id, row.started, row.expires, Page(**row.page))
