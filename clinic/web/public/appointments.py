"""The visitor's own page of a request, reached by the link in a mail, without a login and without scripts."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from clinic.appointments.mail.ics import calendar_of
from clinic.appointments.mail.messages import say_when
from clinic.appointments.model import AppointmentError, Change
from clinic.appointments.model import Request as Appointment
from clinic.appointments.service import AppointmentService
from clinic.web.errors import HttpProblem
from clinic.web.public.articles import TEMPLATES

router = APIRouter(prefix="/appointments", include_in_schema=False)
# The address is the key: no other site may learn it, no cache may keep the page, no search engine may list it.
HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
LONGEST_WISH = 300
CHANGES = {
    "cancel": lambda wish: Change("cancelled", "visitor"),
    "agree": lambda wish: Change("accepted", "visitor"),
    "again": lambda wish: Change("requested", "visitor", None, wish),
}


@router.get("/{token}.ics")
def calendar(request: Request, token: str) -> Response:
    """The calendar entry of an accepted request; 404 while no time is agreed."""
    desk, appointment = _found(request, token)
    if appointment.status != "accepted":
        raise HttpProblem(404, "There is no agreed time yet.")
    headers = {**HEADERS, "content-disposition": 'attachment; filename="appointment.ics"'}
    return Response(calendar_of(appointment, desk.writer.host), media_type="text/calendar", headers=headers)


@router.get("/{token}")
def page(request: Request, token: str) -> HTMLResponse:
    """Where the request stands, and what its visitor may do."""
    _, appointment = _found(request, token)
    return _page(request, token, appointment)


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a posted form; its size is limited by the application's guards."""
    written = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0].strip() for name, values in written.items()}


@router.post("/{token}")
def change(request: Request, token: str, fields: Annotated[dict[str, str], Depends(_fields)]) -> Response:
    """Cancel, agree to the suggested time, or ask for another; 409 when that is no longer possible."""
    desk, appointment = _found(request, token)
    action, wish = fields.get("do", ""), fields.get("wish", "")
    if action not in CHANGES:
        raise HttpProblem(400, "The form did not say what to do.")
    if action == "again" and not wish:
        return _page(request, token, appointment, "Please write which times would suit you.", 400)
    try:
        desk.change(appointment, CHANGES[action](wish[:LONGEST_WISH]))
    except AppointmentError as error:
        return _page(request, token, desk.requests.find(appointment.reference), str(error), 409)
    return RedirectResponse(f"/appointments/{token}", 303, headers=HEADERS)


def _found(request: Request, token: str) -> tuple[AppointmentService, Appointment]:
    desk: AppointmentService = request.app.state.desk
    appointment = desk.requests.find_by_token(token)
    if appointment is None:
        raise HttpProblem(404, "This link leads to no request. It may have been erased; please call the clinic.")
    return desk, appointment


def _page(request: Request, token: str, appointment: Appointment, problem: str = "", status: int = 200) -> HTMLResponse:
    settings = request.app.state.settings
    values = {
        "appointment": appointment,
        "when": say_when(appointment.time, settings.clinic.time_zone),
        "token": token,
        "problem": problem,
        "clinic": settings.clinic,
        "service": settings.service,
    }
    return TEMPLATES.TemplateResponse(request, "appointment.html", values, status_code=status, headers=HEADERS)
