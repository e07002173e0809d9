"""Messages: each heard once, under the client's id of it, and settled once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from clinic.conversations.model import Claim, Message, NoConversation, OtherText, State
from clinic.conversations.tables_store import MessageRow
from clinic.db import Sessions
from clinic.engine.prediction import ReplyJson

LEASE = timedelta(seconds=8)
"""How long whoever takes a message has to answer it before another may."""


# Made once: each message is taken and settled by these, and an ORM's unit of work costs as much as the writing.
_HEAR = insert(MessageRow).values(state="pending", replies=[])
_SETTLE = (
    update(MessageRow)
    .where(
        MessageRow.conversation_id == bindparam("in_conversation"),
        MessageRow.client_id == bindparam("under"),
        MessageRow.state != "answered",
    )
    .values({name: bindparam(name) for name in ("state", "replies", "answered")})
)


class Messages:
    """Keeps messages and their replies. Every method is one short transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def claim(self, conversation_id: str, client_id: str, text: str) -> Claim:
        """Take a message to answer it, or learn who has; raises OtherText, NoConversation."""
        now = datetime.now(UTC)
        given = {"conversation_id": conversation_id, "client_id": client_id, "text": text, "at": now}
        try:
            with self._sessions.begin() as session:
                done: Any = session.connection().execute(_HEAR, {**given, "lease": now + LEASE})
            number = int(done.inserted_primary_key[0])
            return Claim(Message(conversation_id, client_id, text, now, "pending", (), None, number), mine=True)
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
            mine = {"in_conversation": message.conversation_id, "under": message.client_id}
            outcome = {"state": state, "replies": replies, "answered": datetime.now(UTC)}
            return _count(session.connection().execute(_SETTLE, {**mine, **outcome})) == 1

    def find(self, conversation_id: str, client_id: str) -> Message | None:
        """One message as it stands, or None."""
        with self._sessions() as session:
            row = session.scalar(select(MessageRow).where(_one(conversation_id, client_id)))
            return to_message(row) if row else None

    def of(self, conversation_id: str, after: int = 0) -> list[Message]:
        """The messages of a conversation beyond number `after`, in the order they were heard."""
        mine = (MessageRow.conversation_id == conversation_id) & (MessageRow.number > after)
        with self._sessions() as session:
            return [
                to_message(row) for row in session.scalars(select(MessageRow).where(mine).order_by(MessageRow.number))
            ]

    def rewrite(self, conversation_id: str, change: Callable[[Any], Any]) -> None:
        """Put `change(...)` in the place of every text and reply of a conversation."""
        mine = select(MessageRow).where(MessageRow.conversation_id == conversation_id)
        with self._sessions.begin() as session:
            for row in session.scalars(mine):
                row.text, row.replies = change(row.text), change(row.replies)


def _one(conversation_id: str, client_id: str) -> Any:
    return (MessageRow.conversation_id == conversation_id) & (MessageRow.client_id == client_id)


def _count(result: Any) -> int:
    return int(result.rowcount)


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
