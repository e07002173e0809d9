"""The turns under way and the last ones done, by the message's id, so that a message heard once is heard once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

KEPT = 500
Outcome = dict[str, Any]


class Turns:
    """Hands out one task a message id. A turn that failed, or said nothing, is not kept: it may be tried again."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[str, asyncio.Task[Outcome]] = OrderedDict()

    def take(self, message_id: str, make: Callable[[], Awaitable[Outcome]]) -> asyncio.Task[Outcome]:
        """The turn of this message: the one under way or done, or a new one."""
        task = self._tasks.get(message_id)
        if task is None:
            task = asyncio.ensure_future(make())  # type: ignore[assignment]
            self._tasks[message_id] = task
            task.add_done_callback(lambda done: self._settle(message_id, done))
            while len(self._tasks) > KEPT:
                self._tasks.popitem(last=False)
        return task

    def _settle(self, message_id: str, task: asyncio.Task[Outcome]) -> None:
        if task.cancelled() or task.exception() is not None or not _is_answered(task.result()):
            self._tasks.pop(message_id, None)


def _is_answered(outcome: Outcome) -> bool:
    replies = outcome.get("replies") or []
    return bool(replies) and all(reply.get("kind") != "error" for reply in replies)
