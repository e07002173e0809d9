"""A message taken and settled in the time there is: what the database cannot take now is kept behind the answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from clinic.conversations.deadline import SETTLE_SECONDS, Deadline
from clinic.conversations.deferred_writes import DeferredWriter, PendingWrite
from clinic.conversations.message_store import Messages
from clinic.conversations.model import Claim, Message, State
from clinic.engine.prediction import ReplyJson

CLAIM_SECONDS = 2.0
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a message is settled with."""

    state: State
    replies: list[ReplyJson]


class HeardMessages:
    """Claims and settles messages beside the event loop."""

    def __init__(self, store: Messages) -> None:
        self._store = store
        self._writer = DeferredWriter()

    async def claim(
        self, conversation_id: str, client_id: str, text: str, seconds: float
    ) -> Claim | PendingWrite[Claim]:
        """Take a message; a PendingWrite where the database does not say in time whose it is.

        Raises OtherText, NoConversation.
        """
        return await self._writer.within(seconds, partial(self._store.claim, conversation_id, client_id, text))

    def settle_later(self, late: PendingWrite[Claim], said: list[ReplyJson]) -> None:
        """The database is locked or full, or hangs: the message is kept, as failed, as soon as it can be."""

        def settle(claim: Claim) -> None:
            if claim.mine:
                self._store.settle(claim.message, "failed", said)

        self._writer.behind(late, settle)

    async def settle(self, message: Message, outcome: Settlement) -> list[ReplyJson]:
        """Record the outcome of a message; its replies, which are those of before where it was settled meanwhile."""
        write = partial(self._store.settle, message, outcome.state, outcome.replies)
        done = await self._writer.within(SETTLE_SECONDS, write)
        if isinstance(done, PendingWrite):
            self._writer.behind(done)
        elif not done:
            settled = await self._now(message)
            return list(settled.replies) if settled else outcome.replies
        return outcome.replies

    async def wait(self, message: Message, until: Deadline) -> list[ReplyJson] | None:
        """What somebody else, who is answering this message, gives; None where it has not come by then."""
        while until.left():
            settled = await self._now(message)
            if settled is not None and settled.state != "pending":
                return list(settled.replies)
            await asyncio.sleep(POLL_SECONDS)
        return None

    async def _now(self, message: Message) -> Message | None:
        return await asyncio.to_thread(self._store.find, message.conversation_id, message.client_id)
