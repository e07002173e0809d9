"""What each part of the assistant makes of a message, asked now of engine and articles. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from clinic.conversations.log_model import LogTurn
from clinic.conversations.log_reading_store import LogReader
from clinic.engine.client import Engine, EngineResponse, EngineUnavailable
from clinic.engine.events import FALLBACK
from clinic.runtime.line_process import LineProcess, NotAnswered
from language.sub_questions import split_questions

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Logged:
    """A message as it was heard then, and what was talked about before it."""

    turn: LogTurn
    reference: str
    article: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the engine makes of a text now: intents with confidences, whether the first is trusted, entities, and the
    red flag it raises, which may be empty.
    """

    text: str
    ranking: tuple[tuple[str, float], ...]
    trusted: bool
    entities: tuple[tuple[str, str], ...]
    red_flag: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The message as a whole, its questions where it holds several, and the articles' side of each.

    `explained` is what `clinic.knowledge.answering.explanation` tells, as it travels; `problem` says what could not
    be asked.
    """

    whole: Understood | None
    questions: tuple[Understood, ...]
    explained: tuple[dict[str, Any], ...]
    problem: str = ""


async def diagnose(text: str, engine: Engine, reader: LineProcess, logged: Logged | None) -> Diagnosis:
    """Ask every part what it makes of a message; a part that does not answer leaves the others to be read."""
    parts = split_questions(text)
    texts = [text, *(parts if len(parts) > 1 else ())]
    problem = ""
    try:
        understood = [_understood(one, parse) for one, parse in zip(texts, await engine.parse(texts), strict=True)]
    except EngineUnavailable:
        understood = []
        problem = "The engine does not answer, so what it was taken for is not known now."
    asked = (understood[1:] or understood) if understood else [Understood(one, (), False, (), "") for one in texts[:1]]
    request = {"do": "explain", "questions": [_question(one, logged) for one in asked]}
    try:
        explained = tuple(await run_in_threadpool(reader.ask, request))
    except NotAnswered as error:
        explained, problem = (), str(error)
    return Diagnosis(understood[0] if understood else None, tuple(understood[1:]), explained, problem)


def find_logged(log: LogReader, reference: str, turn: int) -> Logged | None:
    """A turn of the log with what was talked about before it; None where it has been erased."""
    whole = log.find(reference)
    turns = log.turns(whole, turn - 2, 2) if whole else []
    found = next((one for one in turns if one.place == turn), None)
    if found is None:
        return None
    earlier = next((one for one in turns if one.place == turn - 1), None)
    sources = [source for reply in (earlier.replies if earlier else ()) for source in reply.get("sources") or ()]
    article = str(sources[-1].get("article") or "") if sources else ""
    return Logged(found, reference, article, earlier.text if earlier and article else "")


def _understood(text: str, parse: Mapping[str, Any]) -> Understood:
    ranking: Sequence[Mapping[str, Any]] = parse.get("intent_ranking") or []
    guesses = tuple((str(one["name"]), float(one["confidence"])) for one in ranking if one.get("name") != FALLBACK)
    entities = tuple(
        (str(one.get("entity")), str(one.get("value")))
        for one in parse.get("entities") or ()
        if one.get("entity") != "red_flag"
    )
    trusted = (parse.get("intent") or {}).get("name") != FALLBACK
    return Understood(text, guesses, trusted, entities, EngineResponse((), dict(parse)).red_flag)


def _question(one: Understood, logged: Logged | None) -> dict[str, Any]:
    asked: dict[str, Any] = {"text": one.text, "ranking": one.ranking, "entities": one.entities}
    if logged:
        asked |= {"article": logged.article, "before": logged.before}
    return asked
