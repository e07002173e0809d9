"""The week as a calendar: agreed and suggested appointments, by the clinic's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.appointments.model import Request as Appointment
from clinic.web.staff.access import Staff, StaffProblem, page
from clinic.web.staff.desk import console_of

router = APIRouter(include_in_schema=False)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, with its appointments and when each begins."""

    name: str
    today: bool
    entries: tuple[tuple[str, Appointment], ...]


@router.get("/staff/calendar")
def calendar(request: Request, user: Staff, week: str = "") -> Response:
    """Seven days from a Monday; without one, this week."""
    zone = ZoneInfo(request.app.state.settings.clinic.time_zone)
    today = datetime.now(zone).date()
    monday = _monday(week, today)
    begin, end = (_midnight(monday + timedelta(days=days), zone) for days in (0, WEEK))
    found = console_of(request).appointments.requests.between(begin, end)
    days = [_day(monday + timedelta(days=number), today, found, zone) for number in range(WEEK)]
    values: dict[str, object] = {
        "days": days,
        "title": f"{monday:%d %B} to {monday + timedelta(days=WEEK - 1):%d %B %Y}",
        "before": f"{monday - timedelta(days=WEEK)}",
        "after": f"{monday + timedelta(days=WEEK)}",
    }
    return page(request, "staff/calendar.html", user, values)


def _monday(written: str, today: date) -> date:
    try:
        day = date.fromisoformat(written) if written else today
        monday = day - timedelta(days=day.weekday())
        _ = (monday - timedelta(days=WEEK), monday + timedelta(days=2 * WEEK))
    except (ValueError, OverflowError):
        raise StaffProblem(400, f"{written[:20]!r} is not a day: write it as 2026-11-30.") from None
    return monday


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _day(day: date, today: date, found: list[Appointment], zone: ZoneInfo) -> Day:
    local = [(one.time.astimezone(zone), one) for one in found if one.time]
    entries = tuple((f"{moment:%H:%M}", one) for moment, one in local if moment.date() == day)
    return Day(f"{day:%A %d %B}", day == today, entries)
