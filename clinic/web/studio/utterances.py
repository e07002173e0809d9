"""Utterances: intents with their health, one intent's lines page by page, and search across all of them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.teaching.change_model import ChangeRefused
from clinic.teaching.list_files import read_synonyms
from clinic.teaching.nlu_files import Names
from clinic.teaching.utterance_index import Snapshot, Utterance
from clinic.web.staff.access import StaffProblem, Trainer
from clinic.web.studio.desk import studio_of, studio_page

router = APIRouter(include_in_schema=False)
NEEDED = 25
PAGE = 100
# Entities that no mark teaches: what they are is found by their form.
FOUND_OTHERWISE = frozenset({"email", "phone", "red_flag"})
UNTAUGHT = frozenset({"nlu_fallback", "no_words"})
SIGNS = {
    "few": f"fewer than {NEEDED} utterances: it cannot be told from others yet",
    "none": "no utterances",
    "unknown": "not in domain.yml: it is learned, and nothing answers it",
    "shared": "words that stand under another intent too",
}


@dataclass(frozen=True, slots=True)
class IntentLine:
    """One intent in the list: how many utterances, what it is, and what is wrong with it."""

    name: str
    count: int
    note: str
    signs: tuple[str, ...]


@router.get("/studio")
def intents_page(request: Request, user: Trainer) -> Response:
    """Every intent, or with `q` every utterance that holds these words."""
    snapshot, asked = studio_of(request).index.snapshot(), request.query_params.get("q", "").strip()
    if asked:
        return utterances_page(request, user, asked)
    values: dict[str, object] = {
        "intents": lines_of(snapshot, known_intents(request)),
        "total": len(snapshot.utterances),
        "faults": snapshot.faults,
    }
    return studio_page(request, "studio/intents.html", user, values)


@router.get("/studio/intents/{intent}")
def intent_page(request: Request, user: Trainer, intent: str) -> Response:
    """One intent's utterances, or those of them that hold the words of `q`."""
    if intent not in known_intents(request) | studio_of(request).index.snapshot().by_intent.keys():
        raise StaffProblem(404, f"There is no intent called {intent}.")
    return utterances_page(request, user, request.query_params.get("q", "").strip(), intent)


@router.get("/studio/utterance")
def utterance_page(request: Request, user: Trainer) -> Response:
    """One utterance, to edit, move or take out."""
    found = studio_of(request).index.snapshot().at(request.query_params.get("at", ""))
    if found is None:
        raise StaffProblem(404, "This utterance is not there any more: it was moved or taken out.")
    values: dict[str, object] = {"one": found, "intents": sorted(known_intents(request)), "back": back_to(found.intent)}
    values |= marking(request)
    return studio_page(request, "studio/utterance.html", user, values)


def utterances_page(request: Request, user: Trainer, asked: str, intent: str = "") -> Response:
    """A page of utterances with what can be done to them."""
    snapshot = studio_of(request).index.snapshot()
    found = chosen_by(snapshot, asked, intent)
    start = page_start(request.query_params.get("from", ""), len(found))
    values: dict[str, object] = {
        "intent": intent,
        "asked": asked,
        "note": snapshot.note(intent),
        "found": found[start : start + PAGE],
        "count": len(found),
        "start": start,
        "step": PAGE,
        "intents": sorted(known_intents(request)),
        "done": request.query_params.get("done", ""),
        "here": f"{request.url.path}?q={quote(asked)}&from={start}",
        "shared": shared_words(snapshot, found[start : start + PAGE]),
        **marking(request),
    }
    return studio_page(request, "studio/utterances.html", user, values)


def chosen_by(snapshot: Snapshot, asked: str, intent: str) -> list[Utterance]:
    """The utterances of an intent, the newest first, or those that hold the words asked for."""
    if asked:
        return [one for one in snapshot.search(asked) if not intent or one.intent == intent]
    return list(snapshot.by_intent.get(intent, ()))[::-1]


def shared_words(snapshot: Snapshot, found: list[Utterance]) -> dict[str, str]:
    """Where the same words stand under another intent: the line's key and that intent."""
    told = {}
    for one in found:
        if other := next((it for it in snapshot.same_words(one.text) if it.intent != one.intent), None):
            told[one.key] = other.intent
    return told


def lines_of(snapshot: Snapshot, known: frozenset[str]) -> list[IntentLine]:
    """Every intent of files and domain, by name."""
    shared = {one.intent for same in snapshot.by_words.values() if len({it.intent for it in same}) > 1 for one in same}
    lines = []
    for name in sorted((known | snapshot.by_intent.keys()) - UNTAUGHT):
        count = len(snapshot.by_intent.get(name, ()))
        signs = {
            "none": not count,
            "few": 0 < count < NEEDED,
            "unknown": name not in known,
            "shared": name in shared,
        }
        told = tuple(SIGNS[sign] for sign, holds in signs.items() if holds)
        lines.append(IntentLine(name, count, snapshot.note(name), told))
    return lines


def known_intents(request: Request) -> frozenset[str]:
    """The intents that domain.yml names."""
    return Names.load(studio_of(request).settings.root / "domain.yml").intents


def marking(request: Request) -> dict[str, object]:
    """What words may be marked as, and the things that they may be another name for."""
    root = studio_of(request).settings.root
    entities = sorted(Names.load(root / "domain.yml").entities - FOUND_OTHERWISE)
    try:
        things = sorted(one.name for one in read_synonyms(root))
    except ChangeRefused:
        things = []  # A file that cannot be read is named on the first page.
    return {"entities": entities, "things": things}


def back_to(intent: str, change: str = "") -> str:
    """An intent's page, with what was just done to be undone there."""
    return f"/studio/intents/{quote(intent)}" + (f"?done={change}" if change else "")


def page_start(written: str, count: int) -> int:
    """The first line of the page asked for."""
    start = int(written) if written.isdecimal() and len(written) < 9 else 0
    return min(start, max(0, (count - 1) // PAGE * PAGE))
