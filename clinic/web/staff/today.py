"""Today: everything that waits for somebody, one click away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.appointments.mail.queue_store import MailQueue
from clinic.conversations.log_filter import Filter
from clinic.web.staff.access import Number, Staff, go, page, services_of
from clinic.web.staff.desk import console_of

router = APIRouter(include_in_schema=False)
SHOWN = 6


@router.get("/staff")
def today(request: Request, user: Staff) -> Response:
    """The first page."""
    console = console_of(request)
    since = f"{datetime.now(UTC) - timedelta(days=7):%Y-%m-%d}"
    flags = [one for one in console.log.page(Filter(flag="any")) if one.outcome in ("", "unreached")]
    views = {
        "Did not help": Filter(feedback="down", state="open"),
        "Not covered, not looked at yet": Filter(covered="no", state="open", since=since),
    }
    lists = {
        name: (wanted, console.log.page(wanted, SHOWN), console.log.count(wanted)) for name, wanted in views.items()
    }
    values = {
        "flags": flags[:SHOWN],
        "waiting": [one for one in console.appointments.requests.all() if one.status == "requested"],
        "begun": console.appointments.left.begun(),
        "mentions": console.mentions.open(user.account.name),
        "follow_ups": console.follow_ups.open(20),
        "lists": lists,
        "mail": MailQueue(console.sessions).problems(),
        "off": console.switch.is_off(),
        "shown": SHOWN,
    }
    return page(request, "staff/today.html", user, values)


@router.post("/staff/follow-ups/{number}")
def close_follow_up(request: Request, user: Staff, number: Number) -> Response:
    """Mark one as done."""
    if console_of(request).follow_ups.close(number):
        services_of(request).audit.add(user.account.name, "follow-up done", str(number))
    return go("/staff")
