"""Alive and ready, for whoever runs it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

log = logging.getLogger(__name__)
router = APIRouter(tags=["health"])

LOOK_SECONDS = 1.0
PROBE_EVERY_SECONDS = 30.0
Check = Callable[[], bool]


class Readiness:
    """Which parts are missing, looked at each second; a whole turn is tried every 30, and each second until one
    has gone through since a part was missing.
    """

    def __init__(self, checks: dict[str, Check], probe: Callable[[], Awaitable[bool]]) -> None:
        self._checks = checks
        self._probe = probe
        self._probed = float("-inf")
        self._task: asyncio.Task[None] | None = None
        self.missing: tuple[str, ...] = ("everything: not looked at yet",)
        self.tell: Callable[[bool], None] = lambda ready: None

    def start(self) -> None:
        """Begin to look, inside a running event loop."""
        self._task = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Look no longer."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def look(self) -> tuple[str, ...]:
        """Look now; what is missing, by name."""
        found = await asyncio.gather(*(asyncio.to_thread(check) for check in self._checks.values()))
        missing = [name for name, there in zip(self._checks, found, strict=True) if not there]
        due = self.missing or time.monotonic() - self._probed >= PROBE_EVERY_SECONDS
        if not missing and due:
            if await self._probe():
                self._probed = time.monotonic()
            else:
                missing.append("engine")
        self.missing = tuple(missing)
        self.tell(not missing)
        return self.missing

    async def _keep_looking(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("the parts could not be looked at")
                self.missing = ("web",)
            await asyncio.sleep(LOOK_SECONDS)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """This process is alive."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"description": "Something is missing; it is named."}})
async def readyz(request: Request) -> JSONResponse:
    """Whether a visitor would be answered now; names what is missing."""
    missing = list(request.app.state.readiness.missing)
    body = {"status": "ready" if not missing else "not ready", "missing": missing}
    return JSONResponse(body, 503 if missing else 200)
