"""One message heard once and answered in time, whatever is broken behind it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack, nullcontext, suppress
from functools import partial
from typing import Any, TypeVar

from clinic.conversations.admission import Admission, TooBusy
from clinic.conversations.deadline import Deadline
from clinic.conversations.deferred_writes import DeferredWriter, PendingWrite
from clinic.conversations.lines import ConversationLines, LineTooLong
from clinic.conversations.mending import mended_messages
from clinic.conversations.message_store import Messages
from clinic.conversations.model import Claim, Conversation, Message
from clinic.conversations.overruns import NotInTime, Overruns
from clinic.conversations.screening import SCREEN_SECONDS, FailureReplies, Screen
from clinic.db import DatabaseFailure, describe_failure
from clinic.engine.client import Engine, EngineResponse, EngineUnavailable, UserMessage
from clinic.engine.prediction import LoggedTurn, ReplyJson, is_answer
from clinic.engine.tracker_store import Tracker

log = logging.getLogger(__name__)

# A message is answered within five seconds. ANSWER_SECONDS of them are ours, the rest is for a machine that is too busy
# to be punctual. A turn ends SCREEN_SECONDS earlier: what is left is to look for a red flag where the engine still
# understands. What a turn waits for ends earlier still, so that it can screen and keep what was said itself.
ANSWER_SECONDS = 4.4
SETTLE_SECONDS = 0.2
LEAST_ENGINE_SECONDS = 0.5
CALM_SECONDS = 1.0  # a message that will wait longer for its turn is looked at for a red flag first
CLAIM_SECONDS = 2.0
WORK_SECONDS = 1.0  # for what is done between two turns
POLL_SECONDS = 0.05

Got = TypeVar("Got")


class MessageHandler:
    """Hears a visitor's message once, answers it, and keeps both."""

    def __init__(self, store: Messages, tracker: Tracker, engine: Engine, fixed: FailureReplies) -> None:
        self._store = store
        self._tracker = tracker
        self._engine = engine
        self._fixed = fixed
        self._keeper = DeferredWriter()
        self._lines = ConversationLines()
        self._overruns = Overruns()
        self._admission = Admission()
        self.screen = Screen(engine, fixed)

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

    async def _between(self, conversation_id: str, work: Callable[[], Got], until: Deadline) -> Got:
        async with AsyncExitStack() as stack:
            with suppress(LineTooLong):
                await stack.enter_async_context(self._lines.turn(conversation_id, until.left()))
            return await _aside(work)

    async def _in_line(self, conversation: Conversation, client_id: str, text: str, until: Deadline) -> list[ReplyJson]:
        try:
            async with self._lines.turn(conversation.id, _before_the_rest(until).left()):
                return await self._hear(conversation, client_id, text, until)
        except LineTooLong:
            log.error("a message waited too long for the ones before it")
            return await self._hear_no_longer(conversation, client_id, text, until)

    async def _hear(self, conversation: Conversation, client_id: str, text: str, until: Deadline) -> list[ReplyJson]:
        seconds = _before_the_rest(until).left(CLAIM_SECONDS)
        claim = await self._keeper.within(seconds, partial(self._store.claim, conversation.id, client_id, text))
        if isinstance(claim, PendingWrite):
            said = await self.screen.card_or_apology(text, until)
            self._keep_later(claim, said)
            return said
        if claim.message.state == "answered":
            return list(claim.message.replies)
        if not claim.mine:
            return await self._wait(claim.message, until)
        try:
            return await self._answer(conversation, claim, until)
        except DatabaseFailure as error:
            log.error("the database failed in the middle of a turn: %s", describe_failure(error))
            return await self._settle(claim.message, await self.screen.card_or_apology(text, until), "failed")

    async def _hear_no_longer(
        self, conversation: Conversation, client_id: str, text: str, until: Deadline
    ) -> list[ReplyJson]:
        """A red flag's card or an apology; the message is kept, and answered when it comes again."""
        said = await self.screen.card_or_apology(text, until)
        claim = await self._keeper.within(SETTLE_SECONDS, partial(self._store.claim, conversation.id, client_id, text))
        if isinstance(claim, PendingWrite):
            self._keep_later(claim, said)
        elif claim.mine:
            await self._settle(claim.message, said, "failed")
        return said

    def _keep_later(self, late: PendingWrite[Claim], said: list[ReplyJson]) -> None:
        """The database is locked or full, or hangs: the message is kept as soon as it can be."""

        def settle(claim: Claim) -> None:
            if claim.mine:
                self._store.settle(claim.message, "failed", said)

        self._keeper.behind(late, settle)

    async def catch_up(self, conversation: Conversation) -> list[Message]:
        """The messages so far, those that failed mended from what the engine recorded after all."""
        return await _aside(mended_messages, self._store, self._tracker, conversation.id)

    async def _answer(self, conversation: Conversation, claim: Claim, until: Deadline) -> list[ReplyJson]:
        off = await _aside(self._fixed.switched_off)
        if off is not None:
            return await self._settle(claim.message, [off], "answered")
        turn = await self._recorded(claim)
        if turn is not None and (turn.is_answered or turn.red_flag):
            return await self._conclude(claim.message, turn.replies, turn.red_flag)
        try:
            heard = await self._ask(_utterance(conversation, claim), _before_the_rest(until))
        except TooBusy:
            log.error("a message was not answered: more is asked than the engine can answer in time")
            said = await self._apologise_late(claim.message.text, until)
            return await self._settle(claim.message, said, "failed")
        except EngineUnavailable as error:
            # No id and no text: what is erased must not live on in a log.
            log.error("a message was not answered: %s", error)
            if flag := await self.screen.flag(claim.message.text, until):
                return await self._conclude(claim.message, (), flag)
            return await self._settle(claim.message, [self._fixed.failure()], "failed")
        return await self._conclude(claim.message, heard.replies, heard.red_flag)

    async def _ask(self, utterance: UserMessage, until: Deadline) -> EngineResponse:
        crowded = self._admission.delay > CALM_SECONDS
        urgent = crowded and await self.screen.flag(utterance.text, until, until.left())
        # An emergency goes before everybody who waits.
        async with nullcontext() if urgent else self._admission.turn(until.left()):
            return await self._engine.send(utterance, max(LEAST_ENGINE_SECONDS, until.left()))

    async def _apologise_late(self, text: str, until: Deadline) -> list[ReplyJson]:
        """When the time is up: whoever is told at once asks again at once."""
        await asyncio.sleep(_before_the_rest(until.before(LEAST_ENGINE_SECONDS)).left())
        return await self.screen.card_or_apology(text, until)

    async def _recorded(self, claim: Claim) -> LoggedTurn | None:
        """What the engine recorded of an earlier attempt, if any; that decides where it was answered."""
        if not claim.again:
            return None
        return await _aside(self._tracker.heard, claim.message.conversation_id, claim.message.client_id)

    async def _conclude(self, message: Message, replies: tuple[ReplyJson, ...], flag: str) -> list[ReplyJson]:
        if flag and not any(reply.get("kind") == "urgent" for reply in replies):
            card = self._fixed.urgent(flag)
            if card is not None:
                log.error("the action server failed on a red flag; the web sent the card of %s itself", flag)
                return await self._settle(message, [card], "answered")
        if not replies:
            log.error("a message got no reply from the actions")
            return await self._settle(message, [self._fixed.failure()], "failed")
        # What an action says of its own failure is no answer: the same message again is taken again.
        return await self._settle(message, list(replies), "answered" if is_answer(replies) else "failed")

    async def _settle(self, message: Message, replies: list[ReplyJson], state: Any) -> list[ReplyJson]:
        done = await self._keeper.within(SETTLE_SECONDS, partial(self._store.settle, message, state, replies))
        if isinstance(done, PendingWrite):
            self._keeper.behind(done)
        elif not done:
            settled = await _aside(self._store.find, message.conversation_id, message.client_id)
            return list(settled.replies) if settled else replies
        return replies

    async def _wait(self, message: Message, until: Deadline) -> list[ReplyJson]:
        """Somebody else is answering this message: give what they give."""
        while _before_the_rest(until).left():
            settled = await _aside(self._store.find, message.conversation_id, message.client_id)
            if settled is not None and settled.state != "pending":
                return list(settled.replies)
            await asyncio.sleep(POLL_SECONDS)
        return await self.screen.card_or_apology(message.text, until)


def _utterance(conversation: Conversation, claim: Claim) -> UserMessage:
    page, message = conversation.page, claim.message
    shown = {"url": page.url, "title": page.title, "article": page.article}
    return UserMessage(conversation.id, message.client_id, message.text, {"page": shown}, claim.again)


def _before_the_rest(until: Deadline) -> Deadline:
    """When a turn must have what it waits for, so that there is time to screen and to settle."""
    return until.before(SCREEN_SECONDS + SETTLE_SECONDS)


async def _aside(work: Callable[..., Got], *given: Any) -> Got:
    return await asyncio.to_thread(work, *given)
