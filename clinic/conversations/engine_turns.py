"""What the engine is asked about a message, and what is said where it cannot answer."""

from __future__ import annotations

import asyncio
import logging
from contextlib import nullcontext

from clinic.conversations.admission import Admission, TooBusy
from clinic.conversations.deadline import Deadline
from clinic.conversations.heard_messages import Settlement
from clinic.conversations.model import Claim, Conversation
from clinic.conversations.screening import FailureReplies, Screen
from clinic.engine.client import Engine, EngineResponse, EngineUnavailable, UserMessage
from clinic.engine.prediction import LoggedTurn, ReplyJson, is_answer
from clinic.engine.tracker_store import Tracker

log = logging.getLogger(__name__)
LEAST_ENGINE_SECONDS = 0.5
CALM_SECONDS = 1.0  # a message that will wait longer for its turn is looked at for a red flag first


class EngineTurns:
    """Has the engine answer messages, as many at once as it can answer in time."""

    def __init__(self, engine: Engine, tracker: Tracker, fixed: FailureReplies, screen: Screen) -> None:
        self._engine = engine
        self._tracker = tracker
        self._fixed = fixed
        self._screen = screen
        self._admission = Admission()

    async def answer(self, conversation: Conversation, claim: Claim, until: Deadline) -> Settlement:
        """What a claimed message is to be settled with; raises DatabaseFailure."""
        off = await asyncio.to_thread(self._fixed.switched_off)
        if off is not None:
            return Settlement("answered", [off])
        turn = await self._recorded(claim)
        if turn is not None and (turn.is_answered or turn.red_flag):
            return self._conclude(turn.replies, turn.red_flag)
        try:
            heard = await self._ask(_utterance(conversation, claim), until.before_the_rest())
        except TooBusy:
            log.error("a message was not answered: more is asked than the engine can answer in time")
            return Settlement("failed", await self._apologise_late(claim.message.text, until))
        except EngineUnavailable as error:
            # No id and no text: what is erased must not live on in a log.
            log.error("a message was not answered: %s", error)
            if flag := await self._screen.flag(claim.message.text, until):
                return self._conclude((), flag)
            return Settlement("failed", [self._fixed.failure()])
        return self._conclude(heard.replies, heard.red_flag)

    async def _ask(self, utterance: UserMessage, until: Deadline) -> EngineResponse:
        crowded = self._admission.delay > CALM_SECONDS
        urgent = crowded and await self._screen.flag(utterance.text, until, until.left())
        # An emergency goes before everybody who waits.
        async with nullcontext() if urgent else self._admission.turn(until.left()):
            return await self._engine.send(utterance, max(LEAST_ENGINE_SECONDS, until.left()))

    async def _apologise_late(self, text: str, until: Deadline) -> list[ReplyJson]:
        """When the time is up: whoever is told at once asks again at once."""
        await asyncio.sleep(until.before(LEAST_ENGINE_SECONDS).before_the_rest().left())
        return await self._screen.card_or_apology(text, until)

    async def _recorded(self, claim: Claim) -> LoggedTurn | None:
        """What the engine recorded of an earlier attempt, if any; that decides where it was answered."""
        if not claim.again:
            return None
        return await asyncio.to_thread(self._tracker.heard, claim.message.conversation_id, claim.message.client_id)

    def _conclude(self, replies: tuple[ReplyJson, ...], flag: str) -> Settlement:
        if flag and not any(reply.get("kind") == "urgent" for reply in replies):
            card = self._fixed.urgent(flag)
            if card is not None:
                log.error("the action server failed on a red flag; the web sent the card of %s itself", flag)
                return Settlement("answered", [card])
        if not replies:
            log.error("a message got no reply from the actions")
            return Settlement("failed", [self._fixed.failure()])
        # What an action says of its own failure is no answer: the same message again is taken again.
        return Settlement("answered" if is_answer(replies) else "failed", list(replies))


def _utterance(conversation: Conversation, claim: Claim) -> UserMessage:
    page, message = conversation.page, claim.message
    shown = {"url": page.url, "title": page.title, "article": page.article}
    return UserMessage(conversation.id, message.client_id, message.text, {"page": shown}, claim.again)
