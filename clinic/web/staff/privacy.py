"""Privacy: erase a conversation, read the audit log, switch the assistant off and on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.conversations.store import FEWEST_DIGITS
from clinic.web.staff.access import Admin, Fields, StaffProblem, go, page, services_of
from clinic.web.staff.desk import console_of, found_line

router = APIRouter(include_in_schema=False)
LINES = 100
MOST_DUE = 10_000


@router.get("/staff/privacy")
def privacy_page(request: Request, user: Admin, before: int = 0) -> Response:
    """What an administrator may do, and the newest lines of the audit log."""
    return _page(request, user, before)


def _page(request: Request, user: SignedIn, before: int = 0, **more: object) -> Response:
    entries = services_of(request).audit.newest(LINES, before)
    values: dict[str, object] = {
        "entries": entries,
        "more": entries[-1].number if len(entries) == LINES else 0,
        "off": console_of(request).switch.is_off(),
        "done": request.query_params.get("done", "")[:20],
        "due": _due(request),
        "found": None,
        "contact": "",
        **more,
    }
    return page(request, "staff/privacy.html", user, values)


@router.post("/staff/privacy/visitor")
def erase_visitor(request: Request, user: Admin, fields: Fields) -> Response:
    """All that a visitor's address or number leads to: shown first, then erased. The contact is noted nowhere."""
    console, contact = console_of(request), fields.get("contact", "")[:200]
    if sum(one.isdigit() for one in contact) < FEWEST_DIGITS and "@" not in contact:
        raise StaffProblem(400, "Give a whole email address or telephone number.")
    requests = console.appointments.requests.of_contact(contact)
    ids = {*console.conversations.naming(contact), *(one.origin.conversation_id for one in requests)} - {"", None}
    if fields.get("sure") != "yes":
        lines = [line for line in (console.log.line(str(one)) for one in sorted(map(str, ids))) if line]
        return _page(request, user, found=(lines, requests, len(ids)), contact=contact)
    erasure, audit = console.erasure(), services_of(request).audit
    for one in sorted(map(str, ids)):
        audit.add(user.account.name, "erased", erasure.erase(one, keep_appointment=False))
    for left in console.appointments.requests.of_contact(contact):
        console.appointments.forget_one(left.reference)
        audit.add(user.account.name, "request erased", left.reference)
    return go(f"/staff/privacy?done=all%20{len(ids)}")


def _due(request: Request) -> list[tuple[str, int, int]]:
    """What retention erases next: what, how much at its next run, and how much more within a week."""
    console, privacy, now = console_of(request), request.app.state.settings.privacy, datetime.now(UTC)
    silent, over = console.conversations.silent_since, console.appointments.erasures.over_until
    due = []
    for name, days, find in (
        ("conversations", privacy.retention_days, silent),
        ("appointment requests", privacy.appointments_days, over),
    ):
        today = len(find(now - timedelta(days=days), MOST_DUE))
        due.append((name, today, len(find(now - timedelta(days=days - 7), MOST_DUE)) - today))
    return due


@router.post("/staff/privacy/erase")
def erase(request: Request, user: Admin, fields: Fields) -> Response:
    """Erase one conversation for good; its reference is all that stays."""
    line = found_line(request, fields.get("conversation", ""))
    if fields.get("sure") != "yes":
        raise StaffProblem(400, "Nothing was erased: tick that you are sure.")
    reference = console_of(request).erasure().erase(line.id, keep_appointment=fields.get("keep") == "yes")
    services_of(request).audit.add(user.account.name, "erased", reference)
    return go(f"/staff/privacy?done={reference}")


@router.post("/staff/privacy/switch")
def turn(request: Request, user: Admin, fields: Fields) -> Response:
    """Switch the assistant off, with a reason, or on."""
    off = fields.get("off") == "yes"
    console_of(request).switch.turn(off=off, reason=fields.get("reason", "")[:300])
    services_of(request).audit.add(user.account.name, "switched off" if off else "switched on")
    return go("/staff/privacy")
