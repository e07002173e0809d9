"""Alive and ready, for whoever runs it."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from clinic.db import Sessions
from clinic.web.public.widget import script_path

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """This process is alive."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"description": "Something is missing; it is named."}})
async def readyz(request: Request) -> JSONResponse:
    """Whether a visitor would be answered now; names what is missing."""
    missing = []
    if not await asyncio.to_thread(_database_answers, request.app.state.sessions):
        missing.append("database")
    if not await request.app.state.engine.is_ready():
        missing.append("engine")
    if script_path(request.app.state.settings) is None:
        missing.append("widget")
    body = {"status": "ready" if not missing else "not ready", "missing": missing}
    return JSONResponse(body, 503 if missing else 200)


def _database_answers(sessions: Sessions) -> bool:
    try:
        with sessions() as session:
            session.execute(text("SELECT 1 FROM conversation LIMIT 1"))
    except SQLAlchemyError:
        return False
    return True
