"""The visitor API of the contract."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from clinic.conversations.deadline import Deadline
from clinic.conversations.followers import Followers
from clinic.conversations.handler import MessageHandler
from clinic.conversations.model import Conversation, Feedback, NoConversation, Page
from clinic.conversations.store import Conversations
from clinic.db import DatabaseFailure
from clinic.dialogue.reply import Reply
from clinic.engine.prediction import ReplyJson
from clinic.privacy.erasure import Erasure
from clinic.web.arrivals import Due
from clinic.web.errors import HttpProblem
from clinic.web.limits import Limits
from clinic.web.metrics import Metrics
from clinic.web.public.history import for_visitors, history_of
from clinic.web.public.schemas import (
    ConversationIn,
    ErasedOut,
    FeedbackIn,
    HistoryOut,
    MessageIn,
    PageIn,
    RepliesOut,
    StartedOut,
    problem_responses,
)
from clinic.web.public.validation import checked_text, storable


@dataclass(frozen=True, slots=True)
class VisitorServices:
    """Everything the visitor API needs, put together by `create_app`."""

    store: Conversations
    turns: MessageHandler
    limits: Limits
    erasure: Erasure
    opening: Callable[[str], list[Reply]]
    """The first replies, on a page that shows the article of this slug or none."""
    followers: Followers
    metrics: Metrics


DATABASE_SECONDS = 2.0  # of those until the deadline; a database that hangs is a failure of ours
Got = TypeVar("Got")
bearer = HTTPBearer(auto_error=False, description="The token of POST /api/conversations")
router = APIRouter(prefix="/api", tags=["visitor"])
ERRORS = problem_responses(400, 401, 404, 405, 409, 413, 429, 503)


async def reception(request: Request) -> VisitorServices:
    """What `create_app` put together."""
    found: VisitorServices = request.app.state.reception
    return found


Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
Services = Annotated[VisitorServices, Depends(reception)]


async def in_time(due: Deadline, work: Callable[..., Got], *given: Any) -> Got:
    """What the database says, in a thread; raises TimeoutError after DATABASE_SECONDS or at the deadline."""
    return await asyncio.wait_for(asyncio.to_thread(work, *given), due.left(DATABASE_SECONDS))


async def conversation_of(desk: Services, due: Due, given: Bearer) -> Conversation:
    """The conversation of the bearer token; 401 without one."""
    if given is None or not given.credentials.isascii():
        raise NoConversation
    return await in_time(due, desk.store.find, given.credentials)


Known = Annotated[Conversation, Depends(conversation_of)]


@router.post("/conversations", status_code=201, responses={201: {"model": StartedOut}, **ERRORS})
async def start(request: Request, desk: Services, due: Due, body: ConversationIn) -> JSONResponse:
    """Begin a conversation; the token is shown this once."""
    await desk.limits.hold_start(request)
    page = body.page
    where = _seen(page) if page else Page()
    opening = await in_time(due, desk.opening, where.article)
    replies: list[ReplyJson] = [reply.to_json() for reply in opening]
    token, _ = await in_time(due, desk.store.start, where, replies)
    return JSONResponse({"token": token, "replies": replies}, 201)


@router.post("/messages", responses={200: {"model": RepliesOut}, **ERRORS})
async def say(request: Request, desk: Services, due: Due, given: Bearer, body: MessageIn) -> JSONResponse:
    """Say something; answered within five seconds. The same id again gets the same replies."""
    text = checked_text(body.text)
    try:
        conversation = await conversation_of(desk, due, given)
    except (DatabaseFailure, TimeoutError, OSError):
        # Nobody can be known and nothing kept, but an emergency is one all the same.
        card = await desk.turns.screen.card(text, due)
        if card is None:
            raise
        return JSONResponse({"replies": [card]})
    await desk.limits.hold_message(request, conversation.id)
    if await _has_left(request):
        # As after a time in which this process hung: whoever has gone sends it again, and those who wait go first.
        raise HttpProblem(503, "Nobody waited for this answer. The same message again is answered.")
    with desk.metrics.turn():
        replies = await desk.turns.handle(conversation, str(body.id), text, due)
    desk.metrics.count(replies)
    desk.followers.wake(conversation.id)
    asked = next((reply["erased"] for reply in replies if "erased" in reply), None)
    if asked:
        carry_out = partial(desk.erasure.carry_out, conversation.id, asked)
        await desk.turns.between_turns(conversation.id, carry_out, due)
    told = replies if desk.limits.is_operator(request) else for_visitors(replies)
    return JSONResponse({"replies": told})


@router.get("/messages", responses={200: {"model": HistoryOut}, **ERRORS})
async def history(desk: Services, due: Due, conversation: Known) -> JSONResponse:
    """Everything said and answered so far."""
    messages = await asyncio.wait_for(desk.turns.catch_up(conversation), due.left(DATABASE_SECONDS))
    began, opening = await in_time(due, desk.store.opening, conversation.id)
    return JSONResponse({"messages": history_of(began, opening, messages)})


@router.post("/replies/{reply_id}/feedback", status_code=204, response_class=Response, responses=ERRORS)
async def feedback(desk: Services, due: Due, conversation: Known, reply_id: str, body: FeedbackIn) -> Response:
    """Say whether a reply helped; the newest word counts."""
    thought = Feedback(storable(reply_id), body.helpful, storable(body.comment or ""))
    await in_time(due, desk.store.feedback.keep, conversation.id, thought)
    return Response(status_code=204)


@router.delete("/conversations", responses={200: {"model": ErasedOut}, **ERRORS})
async def erase(
    desk: Services, due: Due, conversation: Known, appointment: Literal["cancel", "keep"] = "cancel"
) -> JSONResponse:
    """Erase everything said; a pending request is cancelled, or kept."""
    forget = partial(desk.erasure.erase, conversation.id, appointment == "keep")
    reference = await desk.turns.between_turns(conversation.id, forget, due)
    desk.followers.wake(conversation.id)
    return JSONResponse({"reference": reference})


async def _has_left(request: Request) -> bool:
    """Whether nobody waits for the answer any more; our own protocol knows, any other is asked."""
    known: Callable[[], bool] | None = getattr(request.state, "has_left", None)
    return known() if known is not None else await request.is_disconnected()


def _seen(page: PageIn) -> Page:
    """An address may carry a name or a token behind its question mark: only the page itself is kept."""
    return Page(storable(re.split(r"[?#]", page.url)[0]), storable(page.title), storable(page.article or ""))
