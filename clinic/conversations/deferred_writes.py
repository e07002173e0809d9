"""Writes that a visitor must not wait for: what the database cannot take now is tried again behind the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Generic, TypeVar

from clinic.db import DatabaseFailure, describe_failure

log = logging.getLogger(__name__)
# A database that is locked or full comes back within this, or the log says what was lost.
PATIENCE_SECONDS = 300.0
PAUSE_SECONDS = 1.0
THREADS = 4
Got = TypeVar("Got")


class PendingWrite(Generic[Got]):
    """A write that was not done in time; `then` is called with its result once it is."""

    def __init__(self, start: Callable[[], asyncio.Future[Got]], running: asyncio.Future[Got]) -> None:
        self._start = start
        self._running = running

    async def finish(self, then: Callable[[Got], Any] | None = None) -> None:
        """Try until it is done, or for PATIENCE_SECONDS."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE_SECONDS
        while True:
            try:
                done = await self._running
                if then is not None:
                    await asyncio.to_thread(then, done)
                return
            except DatabaseFailure as error:
                if loop.time() > until:
                    log.error("the database took nothing all along; a message is lost: %s", describe_failure(error))
                    return
            await asyncio.sleep(PAUSE_SECONDS)
            self._running = self._start()


class DeferredWriter:
    """Does writes in time, or behind the answer, in threads of its own: where they hang, others go on reading."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="writes")
        self._behind: set[asyncio.Task[None]] = set()

    async def within(self, seconds: float, work: Callable[[], Got]) -> Got | PendingWrite[Got]:
        """The result, or a PendingWrite where the database is locked, full or slow. Other errors are raised."""
        start = partial(asyncio.get_running_loop().run_in_executor, self._threads, work)
        running: asyncio.Future[Got] = start()
        done, _ = await asyncio.wait({running}, timeout=seconds)
        if not done:
            log.error("the database did not answer within %.1f s; it is tried again", seconds)
            return PendingWrite(start, running)
        error = running.exception()
        if isinstance(error, DatabaseFailure):
            log.error("the database failed; it is tried again: %s", describe_failure(error))
            return PendingWrite(start, running)
        return running.result()

    def behind(self, late: PendingWrite[Got], then: Callable[[Got], Any] | None = None) -> None:
        """Finish a late write while the visitor reads on."""
        task = asyncio.create_task(_finish(late, then))
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)


async def _finish(late: PendingWrite[Got], then: Callable[[Got], Any] | None) -> None:
    try:
        await late.finish(then)
    except Exception as error:
        # The conversation may have been erased meanwhile: then there is nothing to keep.
        log.warning("a late write was not needed any more: %s", type(error).__name__)
