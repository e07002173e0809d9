"""Privacy: erase a conversation, read the audit log, switch the assistant off and on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.web.staff.access import Admin, Fields, StaffProblem, go, page, services_of
from clinic.web.staff.desk import console_of, found_line

router = APIRouter(include_in_schema=False)
LINES = 100


@router.get("/staff/privacy")
def privacy_page(request: Request, user: Admin, before: int = 0) -> Response:
    """What an administrator may do, and the newest lines of the audit log."""
    entries = services_of(request).audit.newest(LINES, before)
    values = {
        "entries": entries,
        "more": entries[-1].number if len(entries) == LINES else 0,
        "off": console_of(request).switch.is_off(),
        "done": request.query_params.get("done", "")[:20],
    }
    return page(request, "staff/privacy.html", user, values)


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
