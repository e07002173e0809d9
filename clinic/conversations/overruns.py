"""Work that a visitor waits for until the deadline, and that then goes on by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from clinic.conversations.deadline import Deadline

log = logging.getLogger(__name__)
Got = TypeVar("Got")


class NotInTime(TimeoutError):
    """The deadline has passed; what was begun goes on."""


class Overruns:
    """Holds on to what goes on behind answers, and tells the log where it fails."""

    def __init__(self) -> None:
        self._going_on: set[asyncio.Task[Any]] = set()

    async def wait(self, work: Coroutine[Any, Any, Got], until: Deadline) -> Got:
        """What comes of the work; raises NotInTime at the deadline, and whatever the work raises before it."""
        task = asyncio.create_task(work)
        done, _ = await asyncio.wait({task}, timeout=until.left())
        if done:
            return task.result()
        self._going_on.add(task)
        task.add_done_callback(self._end)
        raise NotInTime

    def _end(self, task: asyncio.Task[Any]) -> None:
        self._going_on.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("what went on behind an answer failed: %s", type(error).__name__)
