"""What a run found by intent: a table, a picture of what is taken for what, the utterances behind each cell."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.teaching.run_thread import Refused
from clinic.teaching.runs_store import Run
from clinic.teaching.validation import VALIDATE, seconds_of
from clinic.web.staff.access import Fields, Number, StaffProblem, Trainer, go, services_of
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)
KEPT = 200
MOST = 14
SHADES = 4
FOLDS = (5, 3, 10)
"""Over how many folds utterances can be shared out, the usual one first."""


@router.get("/studio/runs")
def runs_page(request: Request, user: Trainer) -> Response:
    """Every run with what it found, the newest first, and what a cross-validation would cost."""
    studio = studio_of(request)
    runs, utterances = studio.runs.newest(KEPT), len(studio.index.snapshot().utterances)
    costs = [(folds, seconds_of(utterances, folds)) for folds in FOLDS]
    values: dict[str, object] = {"runs": runs, "costs": costs, "utterances": utterances}
    return studio_page(request, "studio/runs.html", user, values)


@router.post("/studio/validate")
def validate(request: Request, user: Trainer, fields: Fields) -> Response:
    """Begin a cross-validation."""
    written = fields.get("folds", "")
    folds = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    try:
        run = studio_of(request).validation.start(user.account.name, folds)
    except Refused as error:
        raise StaffProblem(400, str(error)) from None
    if run is None:
        raise StaffProblem(409, "Somebody is trying, publishing or cross-validating at this moment.")
    services_of(request).audit.add(user.account.name, "cross-validation begun", str(run.number))
    return go(f"/studio/runs/{run.number}")


@router.get("/studio/runs/{number}/intents")
def by_intent_page(request: Request, user: Trainer, number: Number) -> Response:
    """Each intent before and after, or as it was cross-validated, and which are taken for one another."""
    run = _run(request, number)
    pairs = run.result.get("confused") or []
    if run.kind == VALIDATE:
        told: dict[str, object] = {"run": run, "picture": picture_of(pairs)}
        return studio_page(request, "studio/run_validated.html", user, told)
    values: dict[str, object] = {"run": run, "rows": run.result["by_intent"], "picture": picture_of(pairs)}
    values["calibration"] = run.result.get("calibration") or []
    return studio_page(request, "studio/run_intents.html", user, values)


@router.get("/studio/runs/{number}/taken")
def taken_page(request: Request, user: Trainer, number: Number) -> Response:
    """The measured utterances of one intent that are taken for another."""
    run, asked = _run(request, number), request.query_params
    wanted = (asked.get("intent", ""), asked.get("as", ""))
    found = [one for one in run.result.get("confused") or [] if wanted == (one["intent"], one["taken"])]
    if not found:
        raise StaffProblem(404, "No measured utterance is taken so.")
    return studio_page(request, "studio/run_taken.html", user, {"run": run, "pair": found[0]})


def picture_of(pairs: list[dict[str, Any]]) -> dict[str, Any]:
    """The most confused intents as `rows` and what they are taken for as `columns`; `cells` with count and shade."""
    by_row: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    for one in pairs:
        by_row[one["intent"]] += one["count"]
        by_column[one["taken"]] += one["count"]
    rows = [name for name, _ in by_row.most_common(MOST)]
    columns = [name for name, _ in by_column.most_common(MOST)]
    counts = {(one["intent"], one["taken"]): one["count"] for one in pairs}
    shown = {key: count for key, count in counts.items() if key[0] in rows and key[1] in columns}
    most = max(shown.values(), default=1)
    cells = {key: (count, 1 + (SHADES - 1) * (count - 1) // max(1, most - 1)) for key, count in shown.items()}
    left = sum(counts.values()) - sum(shown.values())
    return {"rows": rows, "columns": columns, "cells": cells, "left": left, "total": sum(counts.values())}


def _run(request: Request, number: Number) -> Run:
    run = studio_of(request).runs.find(number)
    if run is None:
        raise StaffProblem(404, "There is no such run.")
    if not run.result.get("scores" if run.kind == VALIDATE else "by_intent"):
        raise StaffProblem(404, "This run measured nothing by intent: try again, and it will be there.")
    return run
