"""What happens in other tabs, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from clinic.conversations.model import Conversation, Message, NoConversation
from clinic.conversations.store import Conversations
from clinic.web.public.history import lines_of
from clinic.web.public.messages_api import ERRORS, Known, Services

router = APIRouter(prefix="/api", tags=["visitor"])
POLL_SECONDS = 0.7
BEAT_SECONDS = 15.0
# A stream ends by itself and the client comes again: no connection is held for ever.
LIFE_SECONDS = 300.0


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events"}, **ERRORS},
)
async def events(request: Request, desk: Services, conversation: Known) -> StreamingResponse:
    """Messages and replies as they are made, from any tab: `event: message`, data as in GET /api/messages."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        _follow(request, desk.store, conversation), media_type="text/event-stream", headers=headers
    )


async def _follow(request: Request, store: Conversations, conversation: Conversation) -> AsyncIterator[str]:
    seen = {one.number: one.state for one in await asyncio.to_thread(store.messages, conversation.id)}
    loop = asyncio.get_running_loop()
    ends, beat = loop.time() + LIFE_SECONDS, loop.time()
    yield ": connected\nretry: 2000\n\n"
    while loop.time() < ends and not await request.is_disconnected():
        try:
            await asyncio.to_thread(store.opening, conversation.id)
        except NoConversation:
            yield "event: erased\ndata: {}\n\n"
            return
        for message in await asyncio.to_thread(store.messages, conversation.id):
            if seen.get(message.number) != message.state:
                seen[message.number] = message.state
                yield _event(message)
        if loop.time() - beat > BEAT_SECONDS:
            beat = loop.time()
            yield ": still here\n\n"
        await asyncio.sleep(POLL_SECONDS)


def _event(message: Message) -> str:
    return f"event: message\nid: {message.number}\ndata: {json.dumps({'messages': lines_of(message)})}\n\n"
