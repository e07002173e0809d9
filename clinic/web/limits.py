"""How often one address may begin and one conversation may speak."""

from __future__ import annotations

import asyncio
import hmac
import logging
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from clinic.settings import Settings
from clinic.web.errors import HttpProblem

# `bin/clinic evaluate` sends the machine's own secret here, and is not held up.
OPERATOR = "x-pointe-operator"


STORAGE_SECONDS = 0.3
WITHOUT_SECONDS = 10.0
THREADS = 4
log = logging.getLogger(__name__)


def _shared(url: str) -> MovingWindowRateLimiter:
    waiting = {"socket_timeout": STORAGE_SECONDS, "socket_connect_timeout": STORAGE_SECONDS}
    return MovingWindowRateLimiter(storage_from_string(url, **waiting))


class Limits:
    """Moving windows of a minute, in memory or, for many machines, in Redis."""

    def __init__(self, settings: Settings) -> None:
        self._here = MovingWindowRateLimiter(storage_from_string("memory://"))
        self._limiter = _shared(settings.redis_url) if settings.redis_url else self._here
        self._without_until = 0.0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="limits")
        self._starts = RateLimitItemPerMinute(settings.web.conversations_per_minute)
        self._messages = RateLimitItemPerMinute(settings.web.messages_per_minute)
        self._trusted = settings.web.trusted_proxies
        self._secret = settings.engine.secret

    def check_start(self, request: Request) -> None:
        """Raise a 429 problem when this address has begun too many conversations."""
        if not self.is_operator(request):
            self._check(self._starts, "start", self._address(request))

    def check_message(self, request: Request, conversation_id: str) -> None:
        """Raise a 429 problem when this conversation has said too much in a minute."""
        if not self.is_operator(request):
            self._check(self._messages, "message", conversation_id)

    async def hold_start(self, request: Request) -> None:
        """`check_start` inside an event loop, which never waits for what holds the counts."""
        await self._aside(partial(self.check_start, request))

    async def hold_message(self, request: Request, conversation_id: str) -> None:
        """`check_message` inside an event loop, which never waits for what holds the counts."""
        await self._aside(partial(self.check_message, request, conversation_id))

    def close(self) -> None:
        """Let the connections to Redis go, where there are any."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        close = getattr(getattr(self._limiter.storage, "storage", None), "close", None)
        if callable(close):
            close()

    def is_operator(self, request: Request) -> bool:
        """Whoever knows this machine's secret is measuring the assistant, not visiting it."""
        given = request.headers.get(OPERATOR, "")
        return bool(self._secret) and hmac.compare_digest(given.encode(), self._secret.encode())

    async def _aside(self, check: Callable[[], None]) -> None:
        if not self._is_shared():
            check()
            return
        try:
            # Longer than a connection and an answer: a name that no server looks up for us is waited for without end.
            seconds = 2.5 * STORAGE_SECONDS
            await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._threads, check), seconds)
        except TimeoutError as error:
            self._go_without(error)

    def _is_shared(self) -> bool:
        return self._limiter is not self._here and time.monotonic() >= self._without_until

    def _go_without(self, error: Exception) -> None:
        """What holds the counts is gone or hangs: nobody is turned away for that, and for a while it is not asked."""
        log.error("the rate limits count here alone for a while: %s", type(error).__name__)
        self._without_until = time.monotonic() + WITHOUT_SECONDS

    def _check(self, limit: RateLimitItemPerMinute, name: str, who: str) -> None:
        limiter = self._limiter if self._is_shared() else self._here
        try:
            if limiter.hit(limit, name, who):
                return
            reset = limiter.get_window_stats(limit, name, who).reset_time
        except Exception as error:
            self._go_without(error)
            return
        seconds = max(1, math.ceil(reset - time.time()))
        detail = f"That was a lot at once. Please wait {seconds} seconds and send it again: nothing is lost."
        raise HttpProblem(429, detail, {"Retry-After": str(seconds)})

    def _address(self, request: Request) -> str:
        peer = request.client.host if request.client else "unknown"
        if peer in self._trusted:
            # The last address is the one that our own proxy saw.
            return request.headers.get("x-forwarded-for", peer).split(",")[-1].strip()
        return peer
