"""Replies of the live model and of a tried one side by side, without saying whose is whose until it was judged."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.problem import Problem
from clinic.teaching.runs_store import Run
from clinic.web.staff.access import Fields, Number, StaffProblem, Trainer, go
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)
MOST_ALIKE = 8
"""So many texts whose replies turn out the same are passed over before a page is shown."""


@router.get("/studio/runs/{number}/blind")
def blind_page(request: Request, user: Trainer, number: Number) -> Response:
    """The next text that is understood otherwise than before and whose replies differ; then what was found."""
    run = _run(request, number)
    mine = {one["text"] for one in run.result.get("judged") or [] if one["who"] == user.account.name}
    left = [text for text in changed_in(run) if text not in mine]
    values: dict[str, object] = {"run": run, "text": "", "left": len(left), "problem": "", "pair": ("", "")}
    try:
        for text in left[:MOST_ALIKE]:
            live, candidate = studio_of(request).publishing.replies(text, run.result["candidate"])
            if live == candidate:
                studio_of(request).runs.judge(number, text, user.account.name, "same")
                continue
            values |= {"text": text, "pair": (candidate, live) if _is_turned(run, text) else (live, candidate)}
            break
    except Problem as error:
        values["problem"] = str(error)
    found = _run(request, number).result.get("judged") or []
    values["found"] = Counter(one["verdict"] for one in found)
    values["more"] = not values["text"] and len(left) > MOST_ALIKE
    return studio_page(request, "studio/blind.html", user, values)


@router.post("/studio/runs/{number}/blind")
def judge(request: Request, user: Trainer, number: Number, fields: Fields) -> Response:
    """Keep which of the two was better, and show the next."""
    run, text, better = _run(request, number), fields.get("text", ""), fields.get("do", "")
    if text not in changed_in(run) or better not in ("first", "second", "alike"):
        raise StaffProblem(400, "The form did not say which reply is better.")
    is_live = (better == "first") is not _is_turned(run, text)
    verdict = "alike" if better == "alike" else "live" if is_live else "candidate"
    studio_of(request).runs.judge(number, text, user.account.name, verdict)
    return go(f"/studio/runs/{number}/blind")


def changed_in(run: Run) -> list[str]:
    """The texts that the tried model takes for something else than the live one."""
    return [one["text"] for kind in ("worse", "better", "other") for one in run.result.get(kind) or []]


def _is_turned(run: Run, text: str) -> bool:
    """Whether the tried model's reply stands first; the same each time, and nothing that can be guessed from it."""
    return sha256(f"{run.number}:{run.started}:{text}".encode()).digest()[0] % 2 == 1


def _run(request: Request, number: Number) -> Run:
    run = studio_of(request).runs.find(number)
    if run is None or run.kind != "try" or run.state != "done":
        raise StaffProblem(404, "Only a finished try has replies to compare.")
    return run
