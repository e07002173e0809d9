"""One message of a conversation at a time, in the order they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class LineTooLong(Exception):
    """The turns before this one did not end in time."""


@dataclass(slots=True)
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class ConversationLines:
    """A line for each conversation that has a turn under way; it is gone when nobody stands in it.

    Holds within one process; among several the engine's lock does, which gives no order.
    """

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, conversation_id: str, seconds: float) -> AsyncIterator[None]:
        """Wait for those before, `seconds` at most, then be the only one; raises LineTooLong."""
        line = self._lines.setdefault(conversation_id, _Line())
        line.waiting += 1
        try:
            try:
                await asyncio.wait_for(line.lock.acquire(), seconds)
            except TimeoutError:
                raise LineTooLong from None
            try:
                yield
            finally:
                line.lock.release()
        finally:
            line.waiting -= 1
            if not line.waiting and self._lines.get(conversation_id) is line:
                del self._lines[conversation_id]

    def __len__(self) -> int:
        return len(self._lines)
