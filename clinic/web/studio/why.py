"""What went wrong? For a message of the log or a typed one: what each part made of it, and the cure of each."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from clinic.privacy.masking import mask
from clinic.problem import Problem
from clinic.web.staff.access import Fields, StaffProblem, Trainer, go, services_of
from clinic.web.staff.desk import console_of
from clinic.web.studio.cures import COSTS, REASONS
from clinic.web.studio.desk import studio_of, studio_page
from clinic.web.studio.diagnosis import LONGEST, Logged, diagnose, find_logged

router = APIRouter(include_in_schema=False)


@router.get("/studio/why")
async def why_page(request: Request, user: Trainer) -> Response:
    """What every part makes of a message, and what to do about the part that failed."""
    return await run(request, user, {})


@router.post("/studio/why")
async def cure(request: Request, user: Trainer, fields: Fields) -> Response:
    """Draft one cure; the page says what was drafted, or why it may not be."""
    studio = studio_of(request).services
    try:
        made = await run_in_threadpool(studio.cures.make, fields, user.account.name)
    except Problem as error:
        return await run(request, user, {"problem": str(error), "fields": fields, "status": 409})
    services_of(request).audit.add(user.account.name, f"taught {made.kind}", made.id)
    kept = {name: value for name in ("text", "at", "turn") if (value := request.query_params.get(name, ""))}
    return go(f"/studio/why?{urlencode({**kept, 'done': made.id})}#done")


async def run(request: Request, user: Trainer, more: dict[str, object]) -> Response:
    """The page with its diagnosis."""
    asked, studio = request.query_params, studio_of(request).services
    logged = await run_in_threadpool(_logged, request)
    text = (logged.turn.text if logged else asked.get("text", "").replace("\x00", "").strip())[:LONGEST]
    found = await diagnose(text, request.app.state.engine, studio.reader, logged) if text else None
    values: dict[str, object] = {
        "text": mask(text).text,
        "logged": logged,
        "found": found,
        "done": await run_in_threadpool(studio.cures.find, asked.get("done", "")[:40]),
        "intents": await run_in_threadpool(studio.inbox.drafts.intents),
        "cards": await run_in_threadpool(studio.cures.cards),
        "reasons": REASONS,
        "costs": COSTS,
        "problem": "",
        "fields": {},
        "query": urlencode({name: value for name in ("text", "at", "turn") if (value := asked.get(name, ""))}),
        **more,
    }
    status = values.pop("status", 200)
    assert isinstance(status, int)
    return await run_in_threadpool(studio_page, request, "studio/why.html", user, values, status)


def _logged(request: Request) -> Logged | None:
    reference, turn = request.query_params.get("at", ""), request.query_params.get("turn", "")
    if not reference or reference.startswith("trial-"):
        return None
    if not (turn.isascii() and turn.isdigit() and len(turn) < 7):
        raise StaffProblem(400, "The address does not say which message is meant.")
    found = find_logged(console_of(request).log, reference, int(turn))
    if found is None:
        raise StaffProblem(404, "There is no such message. Its visitor may have been erased.")
    return found
