"""How many turns the engine has at once: more than it can answer in time is told so, and delays nobody else."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8  # engine and actions are busy with fewer; with more each turn only takes longer
FEWEST = 2
SLOW_SECONDS = 1.5  # turns that take longer are too many at once for this machine as it is now
FEWER, MORE = 0.9, 0.25  # by which each slow turn multiplies how many there may be, and what each quick one adds
FIRST_GUESS = 0.4  # seconds of a turn among AT_ONCE
LOOKED_AT = 8  # turns that ended last


class TooBusy(Exception):
    """Those before would take longer than this one can wait."""


class Admission:
    """Lets some turns in; the others wait in the order they came, or are refused at once where that is hopeless.

    How many there are at once follows from how long they take: AT_ONCE, fewer while they are slow (additive increase,
    multiplicative decrease, as TCP finds its window). Nobody is let in whose time would be up before the turn ends.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._most = at_once
        self._limit = float(at_once)
        self._under_way = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._took = FIRST_GUESS

    @property
    def delay(self) -> float:
        """The seconds that a turn which comes now will wait, by those that ended last."""
        return (len(self._waiting) + 1) * self._took / self._limit if self._is_full() else 0.0

    @asynccontextmanager
    async def turn(self, seconds: float) -> AsyncIterator[None]:
        """A turn's place, for one that must have ended after so many seconds where others wait; raises TooBusy."""
        if self._is_full():
            await self._wait(seconds - self._took)
        else:
            self._under_way += 1
        began = time.monotonic()
        try:
            yield
        finally:
            self._note(time.monotonic() - began)
            self._leave()

    def _is_full(self) -> bool:
        return bool(self._waiting) or self._under_way >= int(self._limit)

    async def _wait(self, seconds: float) -> None:
        if self.delay > seconds:
            raise TooBusy
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await asyncio.wait_for(asyncio.shield(place), seconds)
        except BaseException as error:
            if place.done():
                self._leave()
            else:
                self._waiting.remove(place)
            if isinstance(error, TimeoutError):
                raise TooBusy from None
            raise

    def _note(self, seconds: float) -> None:
        slow = seconds > SLOW_SECONDS
        few = min(FEWEST, self._most)
        self._limit = max(few, self._limit * FEWER) if slow else min(self._most, self._limit + MORE)
        self._took += (seconds - self._took) / LOOKED_AT

    def _leave(self) -> None:
        """Give a place on, to whoever waits longest."""
        self._under_way -= 1
        while self._waiting and self._under_way < int(self._limit):
            self._waiting.popleft().set_result(None)
            self._under_way += 1
