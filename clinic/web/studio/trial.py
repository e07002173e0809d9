"""Try it: a chat that leaves no trace in the log, for trainers and, by a link that expires, for colleagues."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.engine.client import EngineResponse, EngineUnavailable
from clinic.engine.events import FALLBACK
from clinic.engine.sender import TRIAL
from clinic.engine.trial import TrialTurn, try_turn
from clinic.teaching.trials_store import MOST_TURNS, TrialChat, TrialTurnLine
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go, page, services_of
from clinic.web.studio.candidate import candidate_of
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)
LONGEST = 1000
GONE = "This chat is over: it was kept for a short time only. Begin a new one."


@router.get("/studio/try")
def begin_page(request: Request, user: Trainer) -> Response:
    """Begin a chat, and the links that hold."""
    values: dict[str, object] = {
        "links": studio_of(request).services.trials.links(),
        "site": request.app.state.settings.web.site,
        "candidate": candidate_of(studio_of(request)),
    }
    return studio_page(request, "studio/try.html", user, values)


@router.post("/studio/try")
def begin(request: Request, user: Trainer, fields: Fields) -> Response:
    """A new chat, a link for colleagues, or the end of one."""
    studio = studio_of(request)
    trials, who = studio.services.trials, user.account.name
    candidate = candidate_of(studio) if fields.get("model") == "candidate" else None
    model = (candidate.file, candidate.sha256) if candidate else ("", "")
    if fields.get("do") == "link":
        days = fields.get("days", "7")
        trials.make_link(who, int(days) if days.isascii() and days.isdigit() else 7, model)
        services_of(request).audit.add(who, "trial link made", "")
        return go("/studio/try#links")
    if fields.get("do") == "end":
        trials.end_link(fields.get("token", ""))
        services_of(request).audit.add(who, "trial link ended", "")
        return go("/studio/try#links")
    return go(f"/studio/try/{trials.begin(who, model).id}")


@router.get("/studio/try/{chat_id}")
def chat_page(request: Request, user: Trainer, chat_id: str) -> Response:
    """A chat of one's own."""
    return studio_page(request, "studio/try_chat.html", user, {"chat": _found(request, chat_id), "problem": ""})


@router.post("/studio/try/{chat_id}")
def say(request: Request, user: Trainer, fields: Fields, chat_id: str) -> Response:
    """Say something."""
    problem = _say(request, _found(request, chat_id), fields.get("text", ""))
    if problem:
        values: dict[str, object] = {
            "chat": _found(request, chat_id),
            "problem": problem,
            "text": fields.get("text", ""),
        }
        return studio_page(request, "studio/try_chat.html", user, values, 409)
    return go(f"/studio/try/{chat_id}#last")


@router.get("/try/{token}")
def open_link(request: Request, token: str) -> Response:
    """What a colleague sees who opens a link."""
    if studio_of(request).services.trials.find_link(token) is None:
        return page(request, "studio/try_over.html", None, {}, 404)
    return page(request, "studio/try_link.html", None, {"token": token})


@router.post("/try/{token}")
def begin_by_link(request: Request, token: str) -> Response:
    """A colleague begins a chat."""
    trials = studio_of(request).services.trials
    if trials.find_link(token) is None:
        return page(request, "studio/try_over.html", None, {}, 404)
    request.app.state.reception.limits.check_start(request)
    return go(f"/try/{token}/{trials.begin('a colleague', link=token).id}")


@router.get("/try/{token}/{chat_id}")
def colleague_page(request: Request, token: str, chat_id: str) -> Response:
    """A colleague's chat."""
    return _colleague(request, token, chat_id)


@router.post("/try/{token}/{chat_id}")
def colleague_says(request: Request, fields: Fields, token: str, chat_id: str) -> Response:
    """A colleague says something; no account, so no form token: the address itself is the secret."""
    chat = studio_of(request).services.trials.find(chat_id)
    if chat is None or chat.link != token:
        return page(request, "studio/try_over.html", None, {}, 404)
    request.app.state.reception.limits.check_message(request, chat_id)
    if problem := _say(request, chat, fields.get("text", "")):
        return _colleague(request, token, chat_id, (problem, fields.get("text", "")))
    return go(f"/try/{token}/{chat_id}#last")


def _colleague(request: Request, token: str, chat_id: str, failed: tuple[str, str] = ("", "")) -> Response:
    chat = studio_of(request).services.trials.find(chat_id)
    if chat is None or chat.link != token:
        return page(request, "studio/try_over.html", None, {}, 404)
    values: dict[str, object] = {
        "chat": chat,
        "problem": failed[0],
        "text": failed[1],
        "place": f"/try/{token}/{chat_id}",
    }
    return page(request, "studio/try_colleague.html", None, values, 409 if failed[0] else 200)


def _found(request: Request, chat_id: str) -> TrialChat:
    chat = studio_of(request).services.trials.find(chat_id)
    if chat is None:
        raise StaffProblem(404, GONE)
    return chat


def _say(request: Request, chat: TrialChat, text: str) -> str:
    """Have one turn; what went wrong, or nothing."""
    text = text.replace("\x00", "").strip()[:LONGEST]
    if not text:
        return "Write something first."
    if len(chat.turns) >= MOST_TURNS:
        return f"This chat has {MOST_TURNS} messages: begin a new one."
    try:
        turn = TrialTurn(f"{TRIAL}{chat.id}", text, chat.events, model=chat.model)
        tried = try_turn(request.app.state.settings, turn)
    except EngineUnavailable as error:
        return f"Nothing was answered: {error}."
    ranking = [one for one in tried.parse.get("intent_ranking") or () if one.get("name") != FALLBACK]
    line = TrialTurnLine(
        text=text,
        at=datetime.now(UTC),
        intent=str((tried.parse.get("intent") or {}).get("name") or ""),
        guesses=tuple((str(one["name"]), float(one["confidence"])) for one in ranking[:3]),
        red_flag=EngineResponse((), tried.parse).red_flag,
        replies=tried.replies,
    )
    studio_of(request).services.trials.keep(chat.id, line, tried.events)
    return ""
