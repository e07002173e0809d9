"""Appointment requests: the inbox, and one request with the mail that an answer will send."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.accounts.model import SignedIn
from clinic.appointments.mail.messages import say_when
from clinic.appointments.model import AppointmentError, Change, Status
from clinic.appointments.model import Request as Appointment
from clinic.appointments.service import UNDO
from clinic.appointments.transitions import apply_change, tidy_reference
from clinic.web.staff.access import Fields, Staff, StaffProblem, go, page, services_of
from clinic.web.staff.desk import console_of

router = APIRouter(include_in_schema=False)
ANSWERS: dict[str, Status] = {
    "accept": "accepted",
    "suggest": "suggested",
    "decline": "declined",
    "cancel": "cancelled",
    "done": "done",
}
MOST = 500


@router.get("/staff/appointments")
def inbox(request: Request, user: Staff) -> Response:
    """What waits for an answer, what waits for its day, and what is over."""
    requests = console_of(request).appointments.requests
    waiting = requests.all(limit=MOST)
    asked = [one for one in waiting if one.status == "requested"]
    zone = request.app.state.settings.clinic.time_zone
    groups = {
        "To ring back": [one for one in asked if one.draft.service == "callback"],
        "To answer": [one for one in asked if one.draft.service != "callback"],
        "Waiting for the visitor": [one for one in waiting if one.status == "suggested"],
        "Agreed": sorted((one for one in waiting if one.status == "accepted"), key=lambda one: one.time or one.made),
        "Over": requests.over(50),
    }
    times = {one.reference: say_when(one.time, zone) for found in groups.values() for one in found}
    return page(request, "staff/appointments.html", user, {"groups": groups, "times": times})


@router.get("/staff/appointments/{reference}")
def request_page(request: Request, user: Staff, reference: str) -> Response:
    """One request with all the clinic needs to answer it."""
    return _page(request, user, _found(request, reference))


@router.post("/staff/appointments/{reference}")
def answer(request: Request, user: Staff, reference: str, fields: Fields) -> Response:
    """First the mail is shown, then it is sent, a minute later; the same answer twice sends one mail."""
    appointment = _found(request, reference)
    settings, desk, do = request.app.state.settings, console_of(request).appointments, fields.get("do", "")
    try:
        if do == "undo":
            desk.take_back(appointment)
        else:
            change = _change(fields, settings.clinic.time_zone)
            if not fields.get("sure") and do != "done":
                after = apply_change(appointment, change)
                letters = desk.writer.letters(after, "(the visitor's own link)", "staff")
                return _page(request, user, appointment, letters=letters, fields=fields)
            desk.change(appointment, change, UNDO)
    except AppointmentError as error:
        return _page(request, user, desk.requests.find(appointment.reference), problem=str(error), fields=fields)
    services_of(request).audit.add(user.account.name, f"request {ANSWERS.get(do, do)}", appointment.reference)
    return go(f"/staff/appointments/{appointment.reference}")


def _change(fields: dict[str, str], zone: str) -> Change:
    status = ANSWERS.get(fields.get("do", ""))
    if status is None:
        raise AppointmentError("The form did not say what to do.")
    moment = _moment(fields.get("at", ""), zone) if status in ("accepted", "suggested") else None
    return Change(status, "staff", moment, fields.get("reason", "")[:300])


def _moment(written: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise AppointmentError("Which day and time? Choose both.") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    if moment < datetime.now(UTC):
        raise AppointmentError("That day and time have passed already.")
    return moment


def _found(request: Request, reference: str) -> Appointment:
    try:
        return console_of(request).appointments.requests.find(tidy_reference(reference))
    except AppointmentError:
        raise StaffProblem(404, "There is no such request. It may have been erased.") from None


def _page(request: Request, user: SignedIn, appointment: Appointment, **more: Any) -> Response:
    zone = request.app.state.settings.clinic.time_zone
    history = console_of(request).appointments.requests.history(appointment.reference)
    last = history[-1] if len(history) > 1 else None
    left = (UNDO - (datetime.now(UTC) - last.at)).total_seconds() if last and last.by == "staff" else 0.0
    values = {
        "one": appointment,
        "when": say_when(appointment.time, zone),
        "history": [(line, say_when(line.time, zone)) for line in history],
        "left": max(0, int(left)),
        "letters": None,
        "problem": "",
        "fields": {},
        **more,
    }
    return page(request, "staff/appointment.html", user, values, 409 if more.get("problem") else 200)
