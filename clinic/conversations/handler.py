"""One message heard once and answered in time, whatever is broken behind it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from clinic.conversations.deferred_writes import DeferredWriter, PendingWrite
from clinic.conversations.lines import ConversationLines, LineTooLong
from clinic.conversations.model import Claim, Conversation, Message
from clinic.conversations.store import Conversations
from clinic.engine.client import Engine, EngineResponse, EngineUnavailable, UserMessage
from clinic.engine.prediction import LoggedTurn, ReplyJson, is_answer
from clinic.engine.tracker_store import Tracker

log = logging.getLogger(__name__)

# A message is answered within five seconds: everything together has TURN_SECONDS, of which the database and the engine
# have ENGINE_SECONDS. What is left is to look for a red flag where the engine understands but the rest hangs.
TURN_SECONDS = 4.3
ENGINE_SECONDS = 3.7
LEAST_ENGINE_SECONDS = 0.5
CLAIM_SECONDS = 2.0
LINE_SECONDS = 3.5
SCREEN_SECONDS = 0.4
SETTLE_SECONDS = 0.3
POLL_SECONDS = 0.05

Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class FailureReplies:
    """What is said when nothing can be understood: an apology, a red flag's card, the off switch's words."""

    failure: Callable[[], ReplyJson]
    urgent: Callable[[str], ReplyJson | None]
    switched_off: Callable[[], ReplyJson | None]


class MessageHandler:
    """Hears a visitor's message once, answers it, and keeps both."""

    def __init__(self, store: Conversations, tracker: Tracker, engine: Engine, fixed: FailureReplies) -> None:
        self._store = store
        self._tracker = tracker
        self._engine = engine
        self._fixed = fixed
        self._keeper = DeferredWriter()
        self._lines = ConversationLines()
        self._late: set[asyncio.Task[list[ReplyJson]]] = set()

    async def handle(
        self, conversation: Conversation, client_id: str, text: str, began: float | None = None
    ) -> list[ReplyJson]:
        """The replies to a message; the same id gets the same ones. Raises OtherText, NoConversation.

        Answered TURN_SECONDS after `began`, by the event loop's clock, and SCREEN_SECONDS at most: a turn that takes
        longer goes on behind the apology, and the message gets what came of it when it comes again.
        """
        loop = asyncio.get_running_loop()
        began = loop.time() if began is None else began
        turn = asyncio.create_task(self._in_line(conversation, client_id, text, began))
        done, _ = await asyncio.wait({turn}, timeout=max(0.0, began + TURN_SECONDS - loop.time()))
        if done:
            return turn.result()
        log.error("a message was not answered in time; its turn goes on")
        self._late.add(turn)
        turn.add_done_callback(self._end_late)
        return await self._card_or_apology(text)

    def _end_late(self, turn: asyncio.Task[list[ReplyJson]]) -> None:
        self._late.discard(turn)
        if not turn.cancelled() and (error := turn.exception()):
            log.error("a late turn failed: %s", type(error).__name__)

    async def _in_line(self, conversation: Conversation, client_id: str, text: str, began: float) -> list[ReplyJson]:
        try:
            async with self._lines.turn(conversation.id, LINE_SECONDS):
                return await self._hear(conversation, client_id, text, began)
        except LineTooLong:
            log.error("a message waited too long for the ones before it")
            return await self._hear_no_longer(conversation, client_id, text)

    async def _hear(self, conversation: Conversation, client_id: str, text: str, began: float) -> list[ReplyJson]:
        claim = await self._keeper.within(CLAIM_SECONDS, partial(self._store.claim, conversation.id, client_id, text))
        if isinstance(claim, PendingWrite):
            return await self._kept_later(claim, text)
        if claim.message.state == "answered":
            return list(claim.message.replies)
        if not claim.mine:
            return await self._wait(claim.message, began + TURN_SECONDS)
        return await self._answer(conversation, claim, began + ENGINE_SECONDS)

    async def _hear_no_longer(self, conversation: Conversation, client_id: str, text: str) -> list[ReplyJson]:
        """A red flag's card or an apology; the message is kept, and answered when it comes again."""
        said = await self._card_or_apology(text)
        claim = await self._keeper.within(SETTLE_SECONDS, partial(self._store.claim, conversation.id, client_id, text))
        if isinstance(claim, Claim) and claim.mine:
            await self._settle(claim.message, said, "failed")
        return said

    @asynccontextmanager
    async def quiet(self, conversation_id: str, seconds: float = ENGINE_SECONDS) -> AsyncIterator[None]:
        """Between two turns of a conversation; where its turn does not end within `seconds`, beside it."""
        async with AsyncExitStack() as stack:
            with suppress(LineTooLong):
                await stack.enter_async_context(self._lines.turn(conversation_id, seconds))
            yield

    async def _card_or_apology(self, text: str) -> list[ReplyJson]:
        """Where nothing can be kept or acted on: a red flag is looked for all the same."""
        return [await self.screen(text) or self._fixed.failure()]

    async def screen(self, text: str) -> ReplyJson | None:
        """The card of a red flag in a text that cannot be kept or acted on; None where the engine sees none."""
        flag = await self._screened(text)
        return self._fixed.urgent(flag) if flag else None

    async def _kept_later(self, late: PendingWrite[Claim], text: str) -> list[ReplyJson]:
        """The database is locked or full: what can be said now, the message kept as soon as it can be."""
        apology = await self._card_or_apology(text)

        def settle(claim: Claim) -> None:
            if claim.mine:
                self._store.settle(claim.message, "failed", apology)

        self._keeper.behind(late, settle)
        return apology

    async def catch_up(self, conversation: Conversation) -> list[Message]:
        """The messages so far, those that failed mended from what the engine recorded after all."""
        messages = await _aside(self._store.messages, conversation.id)
        failed = [one for one in messages if one.state == "failed" or (one.state == "pending" and one.is_abandoned)]
        if not failed:
            return messages
        turns = await _aside(self._tracker.turns, conversation.id)
        answered = {turn.message_id: turn for turn in turns if turn.is_answered}
        for one in failed:
            if turn := answered.get(one.client_id):
                await _aside(self._store.settle, one, "answered", list(turn.replies))
        return await _aside(self._store.messages, conversation.id)

    async def _answer(self, conversation: Conversation, claim: Claim, until: float) -> list[ReplyJson]:
        off = await _aside(self._fixed.switched_off)
        if off is not None:
            return await self._settle(claim.message, [off], "answered")
        turn = await self._recorded(claim)
        if turn is not None and (turn.is_answered or turn.red_flag):
            return await self._conclude(claim.message, turn.replies, turn.red_flag)
        left = max(LEAST_ENGINE_SECONDS, until - asyncio.get_running_loop().time())
        try:
            heard = await self._engine.send(_utterance(conversation, claim), left)
        except EngineUnavailable as error:
            # No id and no text: what is erased must not live on in a log.
            log.error("a message was not answered: %s", error)
            if flag := await self._screened(claim.message.text):
                return await self._conclude(claim.message, (), flag)
            return await self._settle(claim.message, [self._fixed.failure()], "failed")
        return await self._conclude(claim.message, heard.replies, heard.red_flag)

    async def _screened(self, text: str) -> str:
        """The red flag of a message whose actions hang: the engine may still understand it."""
        try:
            (parse,) = await asyncio.wait_for(self._engine.parse([text]), SCREEN_SECONDS)
        except (EngineUnavailable, TimeoutError, ValueError):
            return ""
        return EngineResponse((), parse).red_flag

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
            settled = await _aside(self._store.message, message.conversation_id, message.client_id)
            return list(settled.replies) if settled else replies
        return replies

    async def _wait(self, message: Message, until: float) -> list[ReplyJson]:
        """Somebody else is answering this message: give what they give."""
        while asyncio.get_running_loop().time() < until:
            settled = await _aside(self._store.message, message.conversation_id, message.client_id)
            if settled is not None and settled.state != "pending":
                return list(settled.replies)
            await asyncio.sleep(POLL_SECONDS)
        return [self._fixed.failure()]


def _utterance(conversation: Conversation, claim: Claim) -> UserMessage:
    page, message = conversation.page, claim.message
    shown = {"url": page.url, "title": page.title, "article": page.article}
    return UserMessage(conversation.id, message.client_id, message.text, {"page": shown}, claim.again)


async def _aside(work: Callable[..., Got], *given: Any) -> Got:
    return await asyncio.to_thread(work, *given)
