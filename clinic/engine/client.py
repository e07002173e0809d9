"""A visitor's messages passed to the engine, and what it makes of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp

from clinic.engine.channel import channel_address, secret_header
from clinic.problem import Problem
from clinic.settings import Settings

PROBE_SECONDS = 4.5
# An idle connection is let go before the engine closes it: a message is never written into one that is closing.
IDLE_SECONDS = 4.0


class EngineUnavailable(Problem):
    """The engine could not be asked, or did not answer in time. The visitor gets an `error` reply."""


@dataclass(frozen=True, slots=True)
class EngineResponse:
    """What the engine made of a message: the replies as they travel, and its parse."""

    replies: tuple[dict[str, Any], ...]
    parse: dict[str, Any]

    @property
    def red_flag(self) -> str:
        """The name of the flag that was raised, or an empty string."""
        for entity in self.parse.get("entities") or []:
            if entity.get("entity") == "red_flag":
                return str(entity.get("value", ""))
        return ""


@dataclass(frozen=True, slots=True)
class UserMessage:
    """What is passed to the engine: who says what, under the widget's own id of it; `again`: not for the first time."""

    sender: str
    message_id: str
    text: str
    metadata: dict[str, Any]
    again: bool = False


class Engine(Protocol):
    """What `clinic.web` needs of an engine; tests pass a fake."""

    async def send(self, utterance: UserMessage, seconds: float) -> EngineResponse:
        """Pass a message on and return the replies; raises EngineUnavailable."""

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """How each text is understood, in the engine's own format; raises EngineUnavailable."""

    async def is_ready(self) -> bool:
        """Whether a whole turn is answered, actions and all; nothing of it is stored."""


class RasaEngine:
    """The engine behind its loopback channel.

    By aiohttp: a message costs the web a sixth of what it does by httpx, which everything else here uses.
    """

    def __init__(self, settings: Settings) -> None:
        self._address = channel_address(settings)
        self._headers = secret_header(settings)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, utterance: UserMessage, seconds: float) -> EngineResponse:
        """Pass a message on; raises EngineUnavailable after `seconds` or when the engine is gone."""
        body = {
            "sender": utterance.sender,
            "message_id": utterance.message_id,
            "text": utterance.text,
            "metadata": utterance.metadata,
            "again": utterance.again,
            # By this machine's monotonic clock: a turn that has not begun by then is of no use to anybody.
            "until": time.monotonic() + seconds,
        }
        answer = await self._post("/webhook", body, seconds)
        return EngineResponse(tuple(answer.get("replies") or ()), answer.get("parse") or {})

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """How each text is understood."""
        answer = await self._post("/parse", {"texts": texts}, 60.0)
        return list(answer["parses"])

    async def is_ready(self) -> bool:
        """A probe turn, answered by the actions within PROBE_SECONDS."""
        try:
            kinds = (await self._post("/probe", {}, PROBE_SECONDS)).get("kinds") or []
        except EngineUnavailable:
            return False
        return bool(kinds) and "error" not in kinds

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS)
            self._session = aiohttp.ClientSession(connector=connector, headers=self._headers)
        return self._session

    async def _post(self, path: str, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._opened().post(self._address + path, json=body, timeout=limit) as answer:
                answer.raise_for_status()
                return dict(await answer.json())
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            raise EngineUnavailable(f"the engine did not answer: {type(error).__name__}") from error
