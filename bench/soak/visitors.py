"""Visitors who take their time, and whose page sends a message again under its own id until it is answered."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.soak.groups import SECRET

THINK_SECONDS = (8.0, 15.0)
AGAIN_SECONDS = (2.0, 4.0)
# A proxy in front of the groups gives up on a web that does not answer, and takes the other. What the web itself
# answers comes within 5 seconds; here it has a little longer, so that what is late is seen.
PROXY_SECONDS = 8.0
REPEATED_SHARE = 0.1
TALK = (
    "what is posterior ankle impingement",
    "how is it treated",
    "how long does it take to get better",
    "why does my heel hurt in the morning",
    "what does an appointment cost",
    "thanks",
    "what causes hip clicking when I dance",
    "is it serious",
    "hello",
    "do you treat children",
)

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used: one for all, so that a client costs little


@dataclass
class Post:
    """One attempt at a message: when and where it was sent, how long it took, and what came (status 0: no answer)."""

    at: float
    seconds: float
    status: int
    error: bool = False
    address: str = ""


@dataclass
class Sent:
    """One message of a visitor's, and what became of it."""

    id: str
    text: str
    posts: list[Post] = field(default_factory=list)
    acknowledged: bool = False
    replies: list[dict[str, Any]] | None = None
    differed: bool = False

    @property
    def waited(self) -> float:
        """From its first attempt to its answer, or to the end of the last attempt."""
        return self.posts[-1].at + self.posts[-1].seconds - self.posts[0].at if self.posts else 0.0


class Visitor:
    """One conversation at the site's addresses, of which each attempt takes the next."""

    def __init__(self, client: httpx.AsyncClient, addresses: Sequence[str], chance: random.Random) -> None:
        self._client, self._addresses, self._chance = client, addresses, chance
        self._turn = chance.randrange(len(addresses))
        self._token = ""
        self.sent: list[Sent] = []

    @property
    def has_begun(self) -> bool:
        """Whether a token was taken."""
        return bool(self._token)

    async def visit(self, until: float, patience: float) -> None:
        """Talk until then; what is not answered is asked again until `patience`."""
        await asyncio.sleep(self._chance.uniform(0, THINK_SECONDS[1]))
        while not await self.begin() and time.monotonic() < until:
            await asyncio.sleep(self._chance.uniform(*AGAIN_SECONDS))
        place = self._chance.randrange(len(TALK))
        while self._token and time.monotonic() < until:
            await self.say(TALK[place % len(TALK)], patience)
            place += 1
            await asyncio.sleep(self._chance.uniform(*THINK_SECONDS))

    async def begin(self) -> bool:
        """Take a token; whether it was given."""
        try:
            url, headers = f"{self._address()}/api/conversations", {"X-Pointe-Operator": SECRET}
            answer = await self._client.post(url, json={}, headers=headers, timeout=PROXY_SECONDS)
            self._token = answer.json()["token"] if answer.status_code == 201 else ""
        except (httpx.HTTPError, ValueError):
            return False
        return bool(self._token)

    async def say(self, text: str, patience: float) -> Sent:
        """Send until it is answered or nobody has patience any longer."""
        message = Sent(str(uuid.uuid4()), text)
        self.sent.append(message)
        while (replies := await self._post(message)) is None and time.monotonic() < patience:
            await asyncio.sleep(self._chance.uniform(*AGAIN_SECONDS))
        message.replies = replies
        if replies is not None and self._chance.random() < REPEATED_SHARE:
            again = await self._post(Sent(message.id, text))
            message.differed = again is not None and _ids(again) != _ids(replies)
        return message

    async def history(self) -> list[dict[str, Any]] | None:
        """What the assistant has of this conversation; None where it does not say."""
        for _ in range(10):
            try:
                answer = await self._client.get(
                    f"{self._address()}/api/messages", headers=self._headers(), timeout=PROXY_SECONDS
                )
                if answer.status_code == 200:
                    return list(answer.json()["messages"])
            except httpx.HTTPError:
                pass
            await asyncio.sleep(1)
        return None

    async def _post(self, message: Sent) -> list[dict[str, Any]] | None:
        began, status, replies = time.monotonic(), 0, []
        body = {"id": message.id, "text": message.text}
        address = self._address()
        try:
            answer = await self._client.post(
                f"{address}/api/messages", json=body, headers=self._headers(), timeout=PROXY_SECONDS
            )
            status = answer.status_code
            replies = list(answer.json().get("replies") or ())
        except (httpx.HTTPError, ValueError):
            pass
        message.acknowledged = message.acknowledged or status == 200
        failed = status != 200 or any(reply["kind"] == "error" for reply in replies)
        message.posts.append(Post(began, time.monotonic() - began, status, failed, address))
        return None if failed else replies

    def _address(self) -> str:
        self._turn += 1
        return self._addresses[self._turn % len(self._addresses)]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


def _ids(replies: Sequence[dict[str, Any]]) -> list[str]:
    return [str(reply.get("id")) for reply in replies]


def opened(connections: int, source: str = "127.0.0.1") -> httpx.AsyncClient:
    """A client for visitors who all come from one address of loopback.

    For a crowd each takes a client: what httpx does to find a connection grows with the number of those it holds.
    """
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    transport = httpx.AsyncHTTPTransport(verify=PLAIN, limits=limits, local_address=source, trust_env=False)
    return httpx.AsyncClient(transport=transport, trust_env=False)
