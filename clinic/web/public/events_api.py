"""What happens in other tabs, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import ExitStack

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from clinic.conversations.followers import TooManyFollowers
from clinic.conversations.model import Conversation, Message, NoConversation
from clinic.conversations.store import Conversations
from clinic.web.arrivals import Due
from clinic.web.errors import HttpProblem
from clinic.web.public.history import lines_of
from clinic.web.public.messages_api import ERRORS, Bearer, Services, conversation_of

router = APIRouter(prefix="/api", tags=["visitor"])
BEAT_SECONDS = 15.0
# A stream ends by itself and the client comes again: no connection is held for ever.
LIFE_SECONDS = 300.0


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events"}, **ERRORS},
)
async def events(request: Request, desk: Services, due: Due, given: Bearer) -> StreamingResponse:
    """Messages and replies as they are made, from any tab: `event: message`, data as in GET /api/messages."""
    address, token = request.client.host if request.client else "", given.credentials if given else ""
    too_many = HttpProblem(429, "This chat is open in too many places at once.", {"Retry-After": "30"})
    if desk.followers.is_refused(token):
        raise too_many
    conversation = await conversation_of(desk, due, given)
    stack = ExitStack()
    try:
        news = stack.enter_context(desk.followers.follow(conversation.id, address))
    except TooManyFollowers:
        desk.followers.refuse(token)
        raise too_many from None
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    told = _follow(desk.store, conversation, news, stack)
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)


async def _follow(
    store: Conversations, conversation: Conversation, news: asyncio.Event, stack: ExitStack
) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    with stack:
        seen = {one.number: one.state for one in await asyncio.to_thread(store.messages.of, conversation.id)}
        ends = loop.time() + LIFE_SECONDS
        yield ": connected\nretry: 2000\n\n"
        while loop.time() < ends:
            try:
                await asyncio.wait_for(news.wait(), BEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            news.clear()
            try:
                await asyncio.to_thread(store.opening, conversation.id)
            except NoConversation:
                yield "event: erased\ndata: {}\n\n"
                return
            for message in await asyncio.to_thread(store.messages.of, conversation.id):
                if seen.get(message.number) != message.state:
                    seen[message.number] = message.state
                    yield _event(message)


def _event(message: Message) -> str:
    return f"event: message\nid: {message.number}\ndata: {json.dumps({'messages': lines_of(message)})}\n\n"
