"""The doors that messages go in by."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp

from bench.processes import BenchFailed


class Door(Protocol):
    """One way to say something to an assistant."""

    async def begin(self, session: aiohttp.ClientSession) -> str:
        """A new conversation's name or token."""

    async def say(self, session: aiohttp.ClientSession, conversation: str, text: str) -> list[Any]:
        """What is answered."""


@dataclass(frozen=True)
class RestDoor:
    """Rasa's REST channel."""

    address: str

    async def begin(self, session: aiohttp.ClientSession) -> str:
        """A sender is new when it was never heard of."""
        return uuid.uuid4().hex

    async def say(self, session: aiohttp.ClientSession, conversation: str, text: str) -> list[Any]:
        """The messages of the answer."""
        body = {"sender": conversation, "message": text}
        return list(await _post(session, f"{self.address}/webhooks/rest/webhook", body, {}))


@dataclass(frozen=True)
class EngineDoor:
    """Our engine's own channel, which only our web may use."""

    address: str
    secret: str

    async def begin(self, session: aiohttp.ClientSession) -> str:
        """A sender is new when it was never heard of."""
        return uuid.uuid4().hex

    async def say(self, session: aiohttp.ClientSession, conversation: str, text: str) -> list[Any]:
        """The replies."""
        body = {"sender": conversation, "text": text, "message_id": str(uuid.uuid4()), "metadata": {}}
        headers = {"Authorization": f"Bearer {self.secret}"}
        return list((await _post(session, f"{self.address}/webhooks/pointe/webhook", body, headers))["replies"])


@dataclass(frozen=True)
class PublicDoor:
    """The visitor API. The operator's header lifts the rate limits."""

    address: str
    secret: str

    async def begin(self, session: aiohttp.ClientSession) -> str:
        """A new conversation's token."""
        begun = await _post(session, f"{self.address}/api/conversations", {}, {"X-Pointe-Operator": self.secret})
        return str(begun["token"])

    async def say(self, session: aiohttp.ClientSession, conversation: str, text: str) -> list[Any]:
        """The replies."""
        headers = {"Authorization": f"Bearer {conversation}", "X-Pointe-Operator": self.secret}
        body = {"id": str(uuid.uuid4()), "text": text}
        return list((await _post(session, f"{self.address}/api/messages", body, headers))["replies"])


async def _post(session: aiohttp.ClientSession, url: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    try:
        async with session.post(url, json=body, headers=headers) as response:
            if response.status >= 400:
                raise BenchFailed(f"{url} answered {response.status}: {(await response.text())[:300]}")
            return await response.json()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise BenchFailed(f"{url} did not answer: {type(error).__name__}.") from error
