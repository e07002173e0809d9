"""How many turns the engine has at once: more than it can answer in time is told so, and delays nobody else."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8  # engine and actions are busy with fewer; with more each turn only takes longer
FIRST_PACE = 0.05
LOOKED_AT = 16  # turns that ended last


class TooBusy(Exception):
    """Those before would take longer than this one can wait."""


class Admission:
    """Lets AT_ONCE turns in; the others wait in the order they came, or are refused at once where that is hopeless."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._ended: deque[float] = deque(maxlen=LOOKED_AT)  # while others waited

    @property
    def delay(self) -> float:
        """The seconds that a turn which comes now will wait, by the pace of those that ended last."""
        if not self._places.locked():
            return 0.0
        pace = (time.monotonic() - self._ended[0]) / len(self._ended) if len(self._ended) == LOOKED_AT else FIRST_PACE
        return (self._waiting + 1) * pace

    @asynccontextmanager
    async def turn(self, seconds: float) -> AsyncIterator[None]:
        """A turn's place, waited for at most so many seconds; raises TooBusy."""
        if self.delay > seconds:
            raise TooBusy
        await self._take_place(seconds)
        try:
            yield
        finally:
            self._places.release()
            self._note_end()

    async def _take_place(self, seconds: float) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), seconds)
        except TimeoutError:
            raise TooBusy from None
        finally:
            self._waiting -= 1

    def _note_end(self) -> None:
        if self._waiting:
            self._ended.append(time.monotonic())
        else:
            self._ended.clear()
