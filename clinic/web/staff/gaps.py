"""Content gaps: what visitors asked and no article answers, the most asked first, by kind."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.composition import NEWEST_GAPS
from clinic.knowledge.gap_groups import KINDS, GapGroup, group_gaps, key_of, words_of
from clinic.knowledge.unanswered_store import load_gaps
from clinic.settings import Settings
from clinic.web.staff.access import Fields, Staff, StaffProblem, go, page, services_of
from clinic.web.staff.desk import Console, console_of

router = APIRouter(include_in_schema=False)
MOST = 60


@dataclass(frozen=True, slots=True)
class Told:
    """The setting that answers a question about the clinic, and what it says now."""

    name: str
    now: str


@router.get("/staff/gaps")
def gaps_page(request: Request, user: Staff) -> Response:
    """Groups of much the same question, with the conversations they were asked in."""
    console, settings = console_of(request), request.app.state.settings
    groups = _groups(console)
    values = {
        "kinds": [(name, title, [one for one in groups if one.kind == name][:MOST]) for name, title in KINDS.items()],
        "asked": sum(one.count for one in groups),
        "told": {one.key: told_of(settings, one.fact) for one in groups if one.fact},
    }
    return page(request, "staff/gaps.html", user, values)


@router.post("/staff/gaps")
def dismiss(request: Request, user: Staff, fields: Fields) -> Response:
    """Put a group aside for good."""
    console, key = console_of(request), fields.get("key", "")
    group = next((one for one in _groups(console) if one.key == key), None)
    if group is None:
        raise StaffProblem(404, "There is no such question any more.")
    console.dismissals.add([key_of(words_of(one)) for one in group.questions], user.account.name)
    services_of(request).audit.add(user.account.name, "gap dismissed", key)
    return go("/staff/gaps")


def told_of(settings: Settings, fact: str) -> Told:
    """Where in `settings.yml` a fact of the clinic stands."""
    if fact == "address":
        return Told("clinic.address", settings.clinic.address)
    if fact == "length":
        return Told("service.minutes", str(settings.service.minutes))
    return Told(f"facts.{fact}", str(getattr(settings.told, fact, "")))


def _groups(console: Console) -> list[GapGroup]:
    return group_gaps(load_gaps(console.sessions, NEWEST_GAPS), console.dismissals.all(), console.themes.all())
