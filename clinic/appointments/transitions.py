"""What may become of a request, and who may do it. Pure."""

from __future__ import annotations

import secrets
from dataclasses import replace

from clinic.appointments.model import AppointmentError, Change, Request, Status

# Read aloud without being taken for another: no 0/O, 1/I/L, U/V.
LETTERS = "ABCDEFGHJKMNPQRSTWXYZ23456789"
_STAFF: dict[Status, frozenset[Status]] = {
    "requested": frozenset({"accepted", "declined", "suggested", "cancelled", "done"}),
    "suggested": frozenset({"accepted", "declined", "suggested", "cancelled", "done"}),
    "accepted": frozenset({"accepted", "suggested", "cancelled", "done"}),
    "declined": frozenset({"accepted", "suggested"}),
    "cancelled": frozenset(),
    "done": frozenset(),
}
# A visitor agrees to the time that was suggested, asks for another one ("requested" again) or withdraws.
_VISITOR: dict[Status, frozenset[Status]] = {
    "requested": frozenset({"requested", "cancelled"}),
    "suggested": frozenset({"accepted", "requested", "cancelled"}),
    "accepted": frozenset({"requested", "cancelled"}),
    "declined": frozenset(),
    "cancelled": frozenset(),
    "done": frozenset(),
}


def new_reference() -> str:
    """An opaque reference that can be read aloud: `A-7KQ4-M2`."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(6))
    return f"A-{letters[:4]}-{letters[4:]}"


def tidy_reference(written: str) -> str:
    """The reference as it is stored, however it was typed: `a7kq4m2` is `A-7KQ4-M2`."""
    plain = "".join(one for one in written.upper() if one.isalnum())
    return f"{plain[0]}-{plain[1:5]}-{plain[5:]}" if len(plain) == 7 else written.strip().upper()


def apply_change(request: Request, change: Change) -> Request:
    """The request after the change; raises AppointmentError, in words, when it may not be made."""
    allowed = (_STAFF if change.by == "staff" else _VISITOR)[request.status]
    if change.status not in allowed:
        raise AppointmentError(_refusal(request, change))
    time = change.time or (request.time if change.status == "accepted" and change.by == "visitor" else None)
    if change.status in ("accepted", "suggested") and time is None:
        raise AppointmentError("Which day and time? Give it as in 2026-12-01 17:30.")
    if change.status not in ("accepted", "suggested"):
        time = request.time  # What calendars hold may have to be taken out of them.
    return replace(
        request, status=change.status, time=time, reason=change.reason.strip(), revision=request.revision + 1
    )


def _refusal(request: Request, change: Change) -> str:
    wanted = {"requested": "asked again", "suggested": "answered with another time"}.get(change.status, change.status)
    return f"Request {request.reference} is {request.status}, so it cannot be {wanted} any more."
