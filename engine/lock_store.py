"""One message of a conversation at a time: within one engine, or among the engines of many machines.

Rasa's lock stores look again after a whole second, and its Redis store hands out tickets by get, change and save, so
that two engines can hold the same one. Here the waiting is in hundredths of a second, and with Redis the lock is
Redis's own atomic one (SET NX with a token, released by a script).

The lock keeps order; what keeps a conversation whole is the tracker store, which takes nothing from an engine that
has not seen the newest row. So the lock of an engine that was killed ends soon, and where Redis is gone or hangs a
turn goes on without.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError, LockStore
from rasa.utils.endpoints import EndpointConfig

logger = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 0.02
HELD_SECONDS = 8.0  # a turn has four
WAIT_SECONDS = 4.0
WITHOUT_SECONDS = 5.0  # until a Redis that failed is asked again


class PromptLockStore(InMemoryLockStore):
    """Rasa's tickets in memory, looked at every few milliseconds."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = LOOK_AGAIN_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """Rasa's lock; raises LockError as that does."""
        async with super().lock(conversation_id, lock_lifetime, min(wait_time_in_seconds, LOOK_AGAIN_SECONDS)) as held:
            yield held


class RedisLocks(LockStore):
    """Redis's own lock, one a conversation, among all engines."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        from redis.asyncio import Redis

        given: dict[str, Any] = dict(endpoint_config.kwargs)
        self._prefix = f"{given.pop('key_prefix', 'pointe')}:lock:"
        seconds = float(given.pop("socket_timeout", 1))
        self._redis = Redis(
            host=endpoint_config.url or "localhost",
            port=int(given.pop("port", 6379)),
            db=int(given.pop("db", 0)),
            password=given.pop("password", None) or None,
            socket_timeout=seconds,
            socket_connect_timeout=seconds,
        )
        self._without_until = 0.0
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = LOOK_AGAIN_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation, for HELD_SECONDS at most; raises LockError when others hold it for WAIT_SECONDS."""
        from redis.exceptions import LockError as RedisLockError
        from redis.exceptions import RedisError

        held = None
        if time.monotonic() >= self._without_until:
            name, pause = self._prefix + conversation_id, min(wait_time_in_seconds, LOOK_AGAIN_SECONDS)
            held = self._redis.lock(name, timeout=HELD_SECONDS, sleep=pause, blocking_timeout=WAIT_SECONDS)
            try:
                if not await held.acquire():
                    raise LockError("The lock of a conversation cannot be had: others hold it.")
            except (RedisError, asyncio.TimeoutError, OSError) as error:
                logger.error("no lock among engines for a while: %s", type(error).__name__)
                held, self._without_until = None, time.monotonic() + WITHOUT_SECONDS
        try:
            yield TicketLock(conversation_id)
        finally:
            if held is not None:
                # One that has run out, or whose Redis has gone, ends by itself.
                with suppress(RedisLockError, RedisError, OSError, asyncio.TimeoutError):
                    await held.release()
