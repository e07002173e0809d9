"""Appointment requests, for staff."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from clinic.appointments.mail.messages import details_text, say_when
from clinic.appointments.model import AppointmentError, Change, Request
from clinic.appointments.service import AppointmentService, open_appointments
from clinic.appointments.transitions import tidy_reference
from clinic.composition import here, sessions_of

app = typer.Typer(help="Answer appointment requests.", no_args_is_help=True)
At = Annotated[str, typer.Option("--at", help='Day and time at the clinic: "2026-12-01 17:30".')]
Reason = Annotated[str, typer.Option(help="A sentence for the visitor's mail.")]


def _desk() -> tuple[AppointmentService, str]:
    settings = here()
    return open_appointments(settings, sessions_of(settings)), settings.clinic.time_zone


@app.command("list")
def list_requests(everything: Annotated[bool, typer.Option("--all", help="Finished ones too.")] = False) -> None:
    """The requests that wait for something or for their day, the oldest first."""
    desk, zone = _desk()
    found = desk.requests.all(pending=not everything)
    if not found:
        typer.echo("No request is waiting." if not everything else "There is no request yet.")
    for one in found:
        when = f"  {say_when(one.time, zone)}" if one.time else ""
        typer.echo(f"{one.reference}  {one.made:%Y-%m-%d %H:%M}  {one.status:9s}  {one.draft.name}{when}")


@app.command("show")
def show(reference: str) -> None:
    """One request, everything the clinic needs to act on it, and its history."""
    desk, zone = _desk()
    request = _found(desk, reference)
    typer.echo(details_text(request))
    for one in desk.requests.history(request.reference):
        parts = [f"{one.at:%Y-%m-%d %H:%M}", one.status, f"by {one.by}", say_when(one.time, zone), one.reason]
        typer.echo("  " + "  ".join(part for part in parts if part))


@app.command("accept")
def accept(reference: str, at: At, reason: Reason = "") -> None:
    """Accept a request for a day and time; the visitor gets a calendar entry."""
    _change(reference, Change("accepted", "staff", _moment(at), reason))


@app.command("decline")
def decline(reference: str, reason: Reason = "") -> None:
    """Decline a request."""
    _change(reference, Change("declined", "staff", None, reason))


@app.command("suggest")
def suggest(reference: str, at: At, reason: Reason = "") -> None:
    """Suggest another time; the visitor agrees, asks again or cancels with the link in the mail."""
    _change(reference, Change("suggested", "staff", _moment(at), reason))


@app.command("cancel")
def cancel(reference: str, reason: Reason = "") -> None:
    """Cancel a request or an accepted appointment for the clinic."""
    _change(reference, Change("cancelled", "staff", None, reason))


def _change(reference: str, change: Change) -> None:
    desk, zone = _desk()
    before = _found(desk, reference)
    try:
        after = desk.change(before, change)
    except AppointmentError as error:
        _refuse(str(error))
    when = f" for {say_when(after.time, zone)}" if change.time else ""
    if after.revision == before.revision:
        typer.echo(f"{after.reference} is {after.status}{when} already; nothing is sent again.")
        return
    told = "a mail to the visitor is queued" if after.draft.email else f"please tell the visitor: {after.draft.phone}"
    typer.echo(f"{after.reference} is {after.status}{when}; {told}.")


def _found(desk: AppointmentService, reference: str) -> Request:
    try:
        return desk.requests.find(tidy_reference(reference))
    except AppointmentError as error:
        _refuse(f"{error} `bin/clinic appointments list` shows those that wait.")


def _moment(at: str) -> datetime:
    zone = ZoneInfo(here().clinic.time_zone)
    try:
        moment = datetime.fromisoformat(at.strip())
    except ValueError:
        _refuse(f"{at!r} is not a day and time. Write it as in 2026-12-01 17:30.")
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if moment < datetime.now(zone):
        _refuse(f"{at} has passed already.")
    return moment


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
