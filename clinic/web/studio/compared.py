"""What a run found by intent: a table, a picture of what is taken for what, the utterances behind each cell."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.teaching.runs_store import Run
from clinic.web.staff.access import Number, StaffProblem, Trainer
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)
KEPT = 200
MOST = 14
SHADES = 4


@router.get("/studio/runs")
def runs_page(request: Request, user: Trainer) -> Response:
    """Every run with what it found, the newest first."""
    runs = studio_of(request).runs.newest(KEPT)
    return studio_page(request, "studio/runs.html", user, {"runs": runs})


@router.get("/studio/runs/{number}/intents")
def by_intent_page(request: Request, user: Trainer, number: Number) -> Response:
    """Each intent before and after, and which are taken for one another."""
    run = _run(request, number)
    pairs = run.result.get("confused") or []
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
    if not run.result.get("by_intent"):
        raise StaffProblem(404, "This run measured nothing by intent: try again, and it will be there.")
    return run
