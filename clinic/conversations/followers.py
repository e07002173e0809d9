"""Who follows which conversation: woken when something is said there, by whatever process heard it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

MOST_PER_CONVERSATION = 8
MOST_PER_ADDRESS = 40
MOST = 1_000
LOOK_SECONDS = 1.0
REFUSED_SECONDS, MOST_REFUSED = 5.0, 1_000

Stamps = Callable[[Iterable[str]], Mapping[str, object]]


class TooManyFollowers(Exception):
    """One more stream would take from others."""


class Followers:
    """Wakes the followers of a conversation. One look a second at the database serves all of them."""

    def __init__(self, stamps: Stamps) -> None:
        self._stamps = stamps
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._addresses: Counter[str] = Counter()
        self._seen: dict[str, object] = {}
        self._task: asyncio.Task[None] | None = None
        self._refused: dict[str, float] = {}

    @contextmanager
    def follow(self, conversation_id: str, address: str) -> Iterator[asyncio.Event]:
        """An event that is set when there may be news; raises TooManyFollowers."""
        mine = self._waiting.get(conversation_id, set())
        full = len(mine) >= MOST_PER_CONVERSATION or self._addresses[address] >= MOST_PER_ADDRESS
        if full or self._addresses.total() >= MOST:
            raise TooManyFollowers
        news = asyncio.Event()
        self._waiting.setdefault(conversation_id, set()).add(news)
        self._addresses[address] += 1
        self._begin_to_look()
        try:
            yield news
        finally:
            self._addresses[address] -= 1
            self._waiting[conversation_id].discard(news)
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id]
                self._seen.pop(conversation_id, None)

    def refuse(self, token: str) -> None:
        """Whoever comes with this token is refused for REFUSED_SECONDS, so that asking again and again costs little."""
        now = time.monotonic()
        if len(self._refused) >= MOST_REFUSED:
            self._refused = {one: until for one, until in self._refused.items() if until > now}
        if len(self._refused) < MOST_REFUSED:
            self._refused[token] = now + REFUSED_SECONDS

    def is_refused(self, token: str) -> bool:
        """Whether this token was refused a moment ago."""
        return time.monotonic() < self._refused.get(token, 0.0)

    def __len__(self) -> int:
        return sum(len(waiting) for waiting in self._waiting.values())

    def wake(self, conversation_id: str) -> None:
        """Something was said or erased there just now, in this process."""
        for news in self._waiting.get(conversation_id, ()):
            news.set()

    async def look(self) -> None:
        """Wake the followers of every conversation that changed since the last look."""
        followed = list(self._waiting)
        stamps = await asyncio.to_thread(self._stamps, followed)
        for conversation_id in followed:
            stamp = stamps.get(conversation_id)
            if conversation_id in self._seen and self._seen[conversation_id] != stamp:
                self.wake(conversation_id)
            self._seen[conversation_id] = stamp

    def _begin_to_look(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._keep_looking())

    async def _keep_looking(self) -> None:
        while self._waiting:
            with suppress(Exception):  # A database that is away for a while: the next look will do.
                await self.look()
            await asyncio.sleep(LOOK_SECONDS)
