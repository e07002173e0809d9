"""One message heard once and answered in time, whatever is broken behind it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from typing import TypeVar

from clinic.conversations.deadline import ANSWER_SECONDS, SCREEN_SECONDS, SETTLE_SECONDS, Deadline
from clinic.conversations.deferred_writes import PendingWrite
from clinic.conversations.engine_turns import EngineTurns
from clinic.conversations.heard_messages import CLAIM_SECONDS, HeardMessages, Settlement
from clinic.conversations.lines import ConversationLines, LineTooLong
from clinic.conversations.mending import mended_messages
from clinic.conversations.message_store import Messages
from clinic.conversations.model import Conversation, Message
from clinic.conversations.overruns import NotInTime, Overruns
from clinic.conversations.screening import FailureReplies, Screen
from clinic.db import DatabaseFailure, describe_failure
from clinic.engine.client import Engine
from clinic.engine.prediction import ReplyJson
from clinic.engine.tracker_store import Tracker

log = logging.getLogger(__name__)
WORK_SECONDS = 1.0  # for what is done between two turns
Got = TypeVar("Got")


class MessageHandler:
    """Hears a visitor's message once, answers it, and keeps both."""

    def __init__(self, store: Messages, tracker: Tracker, engine: Engine, fixed: FailureReplies) -> None:
        self._store = store
        self._tracker = tracker
        self._heard = HeardMessages(store)
        self._lines = ConversationLines()
        self._overruns = Overruns()
        self.screen = Screen(engine, fixed)
        self._turns = EngineTurns(engine, tracker, fixed, self.screen)

    async def handle(
        self, conversation: Conversation, client_id: str, text: str, deadline: Deadline | None = None
    ) -> list[ReplyJson]:
        """The replies to a message; the same id gets the same ones. Raises OtherText, NoConversation.

        Answered by the deadline, ANSWER_SECONDS from now where none is given: a turn that takes longer goes on behind
        the apology, and the message gets what came of it when it comes again.
        """
        deadline = deadline or Deadline.after(ANSWER_SECONDS)
        until = deadline.before(SCREEN_SECONDS)
        try:
            return await self._overruns.wait(self._in_line(conversation, client_id, text, until), until)
        except NotInTime:
            log.error("a message was not answered in time; its turn goes on")
            return await self.screen.card_or_apology(text, deadline)

    async def between_turns(self, conversation_id: str, work: Callable[[], Got], deadline: Deadline) -> Got:
        """Do `work` in a thread between two turns of a conversation, or beside one that does not end in time.

        Raises NotInTime at the deadline; the work goes on.
        """
        return await self._overruns.wait(self._between(conversation_id, work, deadline.before(WORK_SECONDS)), deadline)

    async def catch_up(self, conversation: Conversation) -> list[Message]:
        """The messages so far, those that failed mended from what the engine recorded after all."""
        return await asyncio.to_thread(mended_messages, self._store, self._tracker, conversation.id)

    async def _between(self, conversation_id: str, work: Callable[[], Got], until: Deadline) -> Got:
        async with AsyncExitStack() as stack:
            with suppress(LineTooLong):
                await stack.enter_async_context(self._lines.turn(conversation_id, until.left()))
            return await asyncio.to_thread(work)

    async def _in_line(self, conversation: Conversation, client_id: str, text: str, until: Deadline) -> list[ReplyJson]:
        try:
            async with self._lines.turn(conversation.id, until.before_the_rest().left()):
                return await self._hear(conversation, client_id, text, until)
        except LineTooLong:
            log.error("a message waited too long for the ones before it")
            return await self._hear_no_longer(conversation, client_id, text, until)

    async def _hear(self, conversation: Conversation, client_id: str, text: str, until: Deadline) -> list[ReplyJson]:
        seconds = until.before_the_rest().left(CLAIM_SECONDS)
        claim = await self._heard.claim(conversation.id, client_id, text, seconds)
        if isinstance(claim, PendingWrite):
            said = await self.screen.card_or_apology(text, until)
            self._heard.settle_later(claim, said)
            return said
        if claim.message.state == "answered":
            return list(claim.message.replies)
        if not claim.mine:
            given = await self._heard.wait(claim.message, until.before_the_rest())
            return await self.screen.card_or_apology(text, until) if given is None else given
        try:
            return await self._heard.settle(claim.message, await self._turns.answer(conversation, claim, until))
        except DatabaseFailure as error:
            log.error("the database failed in the middle of a turn: %s", describe_failure(error))
            failed = Settlement("failed", await self.screen.card_or_apology(text, until))
            return await self._heard.settle(claim.message, failed)

    async def _hear_no_longer(
        self, conversation: Conversation, client_id: str, text: str, until: Deadline
    ) -> list[ReplyJson]:
        """A red flag's card or an apology; the message is kept, and answered when it comes again."""
        said = await self.screen.card_or_apology(text, until)
        claim = await self._heard.claim(conversation.id, client_id, text, SETTLE_SECONDS)
        if isinstance(claim, PendingWrite):
            self._heard.settle_later(claim, said)
        elif claim.mine:
            await self._heard.settle(claim.message, Settlement("failed", said))
        return said
