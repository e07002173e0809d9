"""When a request had arrived with all of its body: from then on it is our time that a visitor waits."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import Depends, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from clinic.conversations.deadline import ANSWER_SECONDS, Deadline


class Arrivals:
    """Notes the moment on each request. Stands inside what reads the body, and outside all else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the moment."""
        if scope["type"] == "http":
            scope.setdefault("state", {})["arrived"] = time.monotonic()
        await self.app(scope, receive, send)


async def deadline_of(request: Request) -> Deadline:
    """When this request must be answered."""
    return Deadline.after(ANSWER_SECONDS, request.state.arrived)


Due = Annotated[Deadline, Depends(deadline_of)]
