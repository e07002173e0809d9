"""The conversation as it was seen, to keep or to print."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from clinic.settings import Settings
from clinic.web.arrivals import Due
from clinic.web.public.history import history_of
from clinic.web.public.messages_api import DATABASE_SECONDS, ERRORS, Known, Services, in_time

router = APIRouter(prefix="/api", tags=["visitor"])


@router.get("/transcript", response_class=PlainTextResponse, responses=ERRORS)
async def transcript(request: Request, desk: Services, due: Due, conversation: Known) -> PlainTextResponse:
    """Everything said and answered so far, as plain text in the clinic's own time."""
    messages = await asyncio.wait_for(desk.turns.catch_up(conversation), due.left(DATABASE_SECONDS))
    began, opening = await in_time(due, desk.store.opening, conversation.id)
    words = transcript_of(history_of(began, opening, messages), request.app.state.settings)
    return PlainTextResponse(words, headers={"content-disposition": 'attachment; filename="chat.txt"'})


def transcript_of(said: Iterable[dict[str, Any]], settings: Settings) -> str:
    """The lines of `GET /api/messages` as a text; a date stands where a day begins."""
    zone = ZoneInfo(settings.clinic.time_zone)
    parts, day = [f"Chat with the automated assistant of {settings.clinic.name}"], ""
    for line in said:
        at = datetime.fromisoformat(line["at"]).astimezone(zone)
        if day != (today := f"{at.day} {at:%B %Y}"):
            parts.append(day := today)
        who = "You" if line["from"] == "visitor" else "Assistant"
        parts.append("\n".join([f"{who}, {at:%H:%M}:", *_words(line)]))
    return "\n\n".join(parts) + "\n"


def _words(line: dict[str, Any]) -> Iterator[str]:
    yield line["text"]
    for contact in line.get("contacts", ()):
        yield f"{contact['label']}: {contact['href']}"
    for source in line.get("sources", ()):
        place = ", ".join(part for part in (source.get("title"), source.get("section"), source.get("url")) if part)
        yield f"From: {place}"
