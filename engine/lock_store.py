"""One message of a conversation at a time: within one engine, or among the engines of many machines.

Rasa's lock stores look again after a whole second, and its Redis store hands out tickets by get, change and save, so
that two engines can hold the same one. Here the waiting is in hundredths of a second, and with Redis the lock is
Redis's own atomic one (SET NX with a token, released by a script).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError, LockStore
from rasa.utils.endpoints import EndpointConfig

LOOK_AGAIN_SECONDS = 0.02


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
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = LOOK_AGAIN_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation, for `lock_lifetime` seconds at most; raises LockError when it cannot be had."""
        from redis.exceptions import LockError as RedisLockError
        from redis.exceptions import RedisError

        pause = min(wait_time_in_seconds, LOOK_AGAIN_SECONDS)
        name = self._prefix + conversation_id
        held = self._redis.lock(name, timeout=lock_lifetime, sleep=pause, blocking_timeout=lock_lifetime)
        try:
            taken = await held.acquire()
        except (RedisError, asyncio.TimeoutError, OSError) as error:
            raise LockError(f"The lock of a conversation cannot be had: {type(error).__name__}") from error
        if not taken:
            raise LockError("The lock of a conversation cannot be had: others hold it.")
        try:
            yield TicketLock(conversation_id)
        finally:
            # One that has run out, or whose Redis has gone, ends by itself.
            with suppress(RedisLockError, RedisError, OSError):
                await held.release()
