"""What is said where a message cannot be kept or acted on: a red flag's card, otherwise an apology."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from clinic.conversations.deadline import SCREEN_SECONDS, Deadline
from clinic.engine.client import Engine, EngineResponse, EngineUnavailable
from clinic.engine.prediction import ReplyJson

AT_ONCE = 3  # so that a crowd whose messages are only screened takes little from the turns


@dataclass(frozen=True, slots=True)
class FailureReplies:
    """What is said when nothing can be understood: an apology, a red flag's card, the off switch's words."""

    failure: Callable[[], ReplyJson]
    urgent: Callable[[str], ReplyJson | None]
    switched_off: Callable[[], ReplyJson | None]


class Screen:
    """Looks for a red flag beside the turn: the engine may still understand where the rest hangs."""

    def __init__(self, engine: Engine, fixed: FailureReplies) -> None:
        self._engine = engine
        self._fixed = fixed
        self._places = asyncio.Semaphore(AT_ONCE)

    async def flag(self, text: str, until: Deadline, most: float = SCREEN_SECONDS) -> str:
        """The name of the red flag in a text; empty where the engine sees none by then, or in `most` seconds."""
        try:
            (parse,) = await asyncio.wait_for(self._parse(text), until.left(most))
        except (EngineUnavailable, TimeoutError, ValueError):
            return ""
        return EngineResponse((), parse).red_flag

    async def card(self, text: str, until: Deadline) -> ReplyJson | None:
        """The card of the red flag in a text; None where the engine sees none."""
        flag = await self.flag(text, until)
        return self._fixed.urgent(flag) if flag else None

    async def card_or_apology(self, text: str, until: Deadline) -> list[ReplyJson]:
        """The one reply that can be given by then."""
        return [await self.card(text, until) or self._fixed.failure()]

    async def _parse(self, text: str) -> list[ReplyJson]:
        async with self._places:
            return await self._engine.parse([text])
