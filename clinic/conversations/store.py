"""Conversations, messages and feedback in our own tables."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, String, Text, UniqueConstraint, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from clinic.conversations.log_decisions_store import renew_decided
from clinic.conversations.log_tables_store import TURN
from clinic.conversations.model import (
    Claim,
    Conversation,
    Feedback,
    Message,
    NoConversation,
    NoReply,
    OtherText,
    Page,
    State,
)
from clinic.db import Base, Sessions, UtcTime, take_turn
from clinic.engine.prediction import ReplyJson

LEASE = timedelta(seconds=8)

FEWEST_DIGITS = 7
"""Of a telephone number, for it to be looked for by its digits."""


class ConversationRow(Base):
    """One conversation; its token is kept only as a hash."""

    __tablename__ = "conversation"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started: Mapped[datetime] = mapped_column(UtcTime, index=True)
    expires: Mapped[datetime] = mapped_column(UtcTime)
    page: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    opening: Mapped[list[ReplyJson]] = mapped_column(JSON, default=list)


class MessageRow(Base):
    """One message and its replies; unique by the widget's id of it."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(10))
    lease: Mapped[datetime] = mapped_column(UtcTime)
    replies: Mapped[list[ReplyJson]] = mapped_column(JSON, default=list)
    answered: Mapped[datetime | None] = mapped_column(UtcTime)


class FeedbackRow(Base):
    """What a visitor thought of one reply; the newest word counts."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_conversation_id", "conversation_id"),)
    reply_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    helpful: Mapped[bool] = mapped_column(Boolean)
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcTime)


class Conversations:
    """The store of what visitors said. Every method is one short transaction."""

    def __init__(self, sessions: Sessions, token_life: timedelta) -> None:
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
            row = session.scalar(select(ConversationRow).where(ConversationRow.token_hash == _hash(token)))
            if row is None or row.expires < now:
                raise NoConversation
            if row.expires < now + self._token_life - timedelta(days=1):
                row.expires = now + self._token_life
            return _conversation(row)

    def claim(self, conversation_id: str, client_id: str, text: str) -> Claim:
        """Take a message to answer it, or learn who has; raises OtherText, NoConversation."""
        now = datetime.now(UTC)
        row = MessageRow(
            conversation_id=conversation_id,
            client_id=client_id,
            text=text,
            at=now,
            state="pending",
            lease=now + LEASE,
            replies=[],
        )
        try:
            with self._sessions.begin() as session:
                session.add(row)
            return Claim(to_message(row), mine=True)
        except IntegrityError:
            return self._claim_again(conversation_id, client_id, text)

    def _claim_again(self, conversation_id: str, client_id: str, text: str) -> Claim:
        now = datetime.now(UTC)
        mine = _one(conversation_id, client_id)
        unleased = (MessageRow.lease < now) | (MessageRow.lease > now + LEASE)
        free = (MessageRow.state == "failed") | ((MessageRow.state == "pending") & unleased)
        with self._sessions.begin() as session:
            row = session.scalar(select(MessageRow).where(mine))
            if row is None:
                raise NoConversation
            if row.text != text:
                raise OtherText
            taken = session.execute(
                update(MessageRow)
                .where(mine, free)
                .values(state="pending", lease=now + LEASE)
                .execution_options(synchronize_session=False)
            )
            return Claim(to_message(row), mine=_count(taken) == 1, again=True)

    def settle(self, message: Message, state: State, replies: list[ReplyJson]) -> bool:
        """Record the outcome of a claimed message; false when it was settled or erased meanwhile."""
        with self._sessions.begin() as session:
            done = session.execute(
                update(MessageRow)
                .where(_one(message.conversation_id, message.client_id), MessageRow.state != "answered")
                .values(state=state, replies=replies, answered=datetime.now(UTC))
            )
            return _count(done) == 1

    def message(self, conversation_id: str, client_id: str) -> Message | None:
        """One message as it stands, or None."""
        with self._sessions() as session:
            row = session.scalar(select(MessageRow).where(_one(conversation_id, client_id)))
            return to_message(row) if row else None

    def messages(self, conversation_id: str, after: int = 0) -> list[Message]:
        """The messages of a conversation beyond number `after`, in the order they were heard."""
        mine = (MessageRow.conversation_id == conversation_id) & (MessageRow.number > after)
        with self._sessions() as session:
            return [
                to_message(row) for row in session.scalars(select(MessageRow).where(mine).order_by(MessageRow.number))
            ]

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

    def keep_feedback(self, conversation_id: str, feedback: Feedback) -> None:
        """Keep what a visitor thought of a reply of this conversation; raises NoReply."""
        ids = {reply.get("id") for one in self.messages(conversation_id) for reply in one.replies}
        ids |= {reply.get("id") for reply in self.opening(conversation_id)[1]}
        if feedback.reply_id not in ids:
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

    def feedback(self, conversation_id: str) -> list[Feedback]:
        """What the visitor thought of replies, in the order it was said."""
        mine = select(FeedbackRow).where(FeedbackRow.conversation_id == conversation_id).order_by(FeedbackRow.at)
        with self._sessions() as session:
            return [Feedback(row.reply_id, row.helpful, row.comment) for row in session.scalars(mine)]

    def newest(self, limit: int) -> list[str]:
        """The ids of the conversations in which something was said, the last spoken first."""
        last = func.max(MessageRow.number)
        asked = select(MessageRow.conversation_id).group_by(MessageRow.conversation_id).order_by(last.desc())
        with self._sessions() as session:
            return list(session.scalars(asked.limit(limit)))

    def rewrite(self, conversation_id: str, change: Callable[[Any], Any]) -> None:
        """Put `change(...)` in the place of every text and reply of a conversation."""
        mine = select(MessageRow).where(MessageRow.conversation_id == conversation_id)
        with self._sessions.begin() as session:
            for row in session.scalars(mine):
                row.text, row.replies = change(row.text), change(row.replies)

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


def _one(conversation_id: str, client_id: str) -> Any:
    return (MessageRow.conversation_id == conversation_id) & (MessageRow.client_id == client_id)


def _count(result: Any) -> int:
    return int(result.rowcount)


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(row.id, row.started, row.expires, Page(**row.page))


def to_message(row: MessageRow) -> Message:
    """The message of a row."""
    state: Any = row.state
    return Message(
        row.conversation_id,
        row.client_id,
        row.text,
        row.at,
        state,
        tuple(row.replies),
        row.answered,
        row.number,
        is_abandoned=row.state == "pending" and not _leased(row, datetime.now(UTC)),
    )


def _leased(row: MessageRow, now: datetime) -> bool:
    """Whether somebody is still answering. A lease from a clock that ran ahead counts no longer than one can be."""
    return now < row.lease <= now + LEASE
