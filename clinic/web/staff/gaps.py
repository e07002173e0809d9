"""Content gaps: what visitors asked and no article answers, the most asked first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.knowledge.gap_groups import group_gaps, key_of, words_of
from clinic.knowledge.unanswered_store import load_gaps
from clinic.web.staff.access import Fields, Staff, StaffProblem, go, page, services_of
from clinic.web.staff.desk import console_of

router = APIRouter(include_in_schema=False)
NEWEST = 2000


@router.get("/staff/gaps")
def gaps_page(request: Request, user: Staff) -> Response:
    """Groups of much the same question, with the conversations they were asked in."""
    console = console_of(request)
    gaps = load_gaps(console.sessions, NEWEST)
    groups = group_gaps(gaps, console.dismissals.all())
    return page(request, "staff/gaps.html", user, {"groups": groups[:100], "asked": len(gaps)})


@router.post("/staff/gaps")
def dismiss(request: Request, user: Staff, fields: Fields) -> Response:
    """Put a group aside for good."""
    console, key = console_of(request), fields.get("key", "")
    group = next((one for one in group_gaps(load_gaps(console.sessions, NEWEST)) if one.key == key), None)
    if group is None:
        raise StaffProblem(404, "There is no such question any more.")
    console.dismissals.add([key_of(words_of(one)) for one in group.questions], user.account.name)
    services_of(request).audit.add(user.account.name, "gap dismissed", key)
    return go("/staff/gaps")
