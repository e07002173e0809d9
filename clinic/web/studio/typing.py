"""While a trainer types: what the model makes of it, what is taught near it, and what speaks against adding it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from clinic.engine.client import Engine, EngineUnavailable
from clinic.problem import Problem
from clinic.teaching.change_model import ChangeRefused
from clinic.teaching.nlu_examples import plain, words
from clinic.teaching.repetitions import compare
from clinic.teaching.utterances import tidy
from clinic.web.staff.access import Trainer, page
from clinic.web.studio.desk import Studio, studio_of, studio_page
from clinic.web.studio.publish import FRAGMENT
from clinic.web.studio.teaching import detail_in

router = APIRouter(include_in_schema=False)
ALIKE, NEAR_FLAG = 0.93, 0.8


@router.get("/studio/typing")
async def typing_page(request: Request, user: Trainer) -> Response:
    """The glance, as a part of a page or, without JavaScript, as a page."""
    text, intent = request.query_params.get("text", ""), request.query_params.get("intent", "")
    values: dict[str, object] = {"text": text, "intent": intent, "glance": {}}
    if text.strip():
        engine: Engine = request.app.state.engine
        parse = await _understood(engine, plain(text)[:2000])
        values["glance"] = await run_in_threadpool(glance, studio_of(request), text[:2000], intent, parse)
    name = "studio/typing_part.html" if request.headers.get(FRAGMENT) else "studio/typing.html"
    show = page if request.headers.get(FRAGMENT) else studio_page
    return await run_in_threadpool(show, request, name, user, values)


def glance(studio: Studio, text: str, intent: str, parse: dict[str, Any]) -> dict[str, object]:
    """Everything there is to say of a text before it is added."""
    try:
        looked, wait = studio.learning.look(plain(text)), ""
    except Problem as error:
        looked, wait = {"ranking": (parse.get("intent_ranking") or [])[:5], "nearest": []}, str(error)
    entities = [one for one in parse.get("entities") or [] if one.get("entity") != "red_flag"]
    flag = next((str(one.get("value")) for one in parse.get("entities") or [] if one.get("entity") == "red_flag"), "")
    return {
        "ranking": looked["ranking"],
        "nearest": looked["nearest"],
        "entities": entities,
        "wait": wait,
        "warnings": list(warnings_of(studio, (text, intent), looked["nearest"], flag)),
    }


def warnings_of(studio: Studio, told: tuple[str, str], nearest: list[dict[str, Any]], flag: str) -> Iterator[str]:
    """What speaks against adding a text to an intent, the weightiest first."""
    text, intent = told
    try:
        tidy(text)
    except ChangeRefused as error:
        yield str(error)
    if flag:
        yield f"This raises the red flag “{flag}”: visitors who write so are sent to urgent care first."
    if why := detail_in(text):
        yield f"This {why}. Details of people are never taught."
    for one in studio.index.snapshot().same_words(text):
        place = f"{one.path}:{one.line}"
        yield f"The same words are taught already: {one.intent}, {place}."
    if words(text) in measured(studio.settings.root):
        yield "This line is there to measure what was not taught: do not teach it, write the thought in other words."
    for near in nearest:
        yield from _near(text, intent, near)


def measured(root: Path) -> frozenset[tuple[str, ...]]:
    """The folded words of every line that is there for measuring."""
    files = sorted((root / "tests" / "evaluation").rglob("*.jsonl"))
    return _measured(tuple((str(one), one.stat().st_mtime_ns) for one in files))


def _near(text: str, intent: str, one: dict[str, Any]) -> Iterator[str]:
    other = str(one["intent"])
    said = f"“{one['text']}” ({other})"
    if other.startswith("red flag") or other == "report_red_flag":
        if one["likeness"] >= NEAR_FLAG and intent != "report_red_flag":
            yield f"Close to an emergency: {said}. Make sure that this is none."
    elif likeness := compare(words(text), words(str(one["text"]))):
        if words(text) != words(str(one["text"])):
            yield f"It is {likeness} as {said}."
    elif one["likeness"] >= ALIKE and intent and other != intent:
        yield f"Very close to {said}, which is another intent."


async def _understood(engine: Engine, text: str) -> dict[str, Any]:
    try:
        return dict((await engine.parse([text]))[0])
    except (EngineUnavailable, IndexError):
        return {}


@lru_cache(maxsize=2)
def _measured(files: tuple[tuple[str, int], ...]) -> frozenset[tuple[str, ...]]:
    found = set()
    for name, _ in files:
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            told = json.loads(line) if line.strip() else {}
            if isinstance(told, dict) and isinstance(told.get("text"), str):
                found.add(words(told["text"]))
    return frozenset(found)
