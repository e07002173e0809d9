"""The calendar entry (RFC 5545) of an accepted request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from clinic.appointments.model import Request


@dataclass(frozen=True, slots=True)
class Host:
    """Who an appointment is with, and in which time zone its hours are told and how long it lasts."""

    name: str
    email: str
    service: str
    time_zone: str = "Europe/London"
    domain: str = "appointments"
    minutes: int = 30


def calendar_of(request: Request, host: Host) -> str:
    """An invitation (METHOD REQUEST), or the withdrawal of one (CANCEL) for any status but accepted.

    The UID stays the same for a request and SEQUENCE grows with every change, so that calendars replace the
    entry they hold. What the request is about is not in it. Empty where no time was ever agreed.
    """
    if request.time is None:
        return ""
    accepted = request.status == "accepted"
    zone = ZoneInfo(host.time_zone)
    event = Event()
    event.add("uid", f"{request.reference.lower()}@{host.domain}")
    event.add("sequence", request.revision)
    event.add("dtstamp", request.made)
    event.add("dtstart", request.time.astimezone(zone))
    event.add("dtend", (request.time + timedelta(minutes=host.minutes)).astimezone(zone))
    event.add("summary", f"{host.service}, {host.name}")
    event.add("description", f"Reference {request.reference}")
    event.add("status", "CONFIRMED" if accepted else "CANCELLED")
    organizer = vCalAddress(f"mailto:{host.email}")
    organizer.params["CN"] = vText(host.name)
    event["organizer"] = organizer
    if request.draft.email:
        event.add("attendee", vCalAddress(f"mailto:{request.draft.email}"))
    calendar = Calendar()
    calendar.add("prodid", f"-//{host.name}//appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST" if accepted else "CANCEL")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())
