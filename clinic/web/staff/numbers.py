"""Numbers to look at: charts drawn here, each with its table, each bar leading to its conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.web.staff.access import Staff, page
from clinic.web.staff.desk import console_of

router = APIRouter(include_in_schema=False)
DAYS = 30


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the chart."""

    day: str
    conversations: int
    not_covered: int
    urgent: int


@router.get("/staff/numbers")
def numbers_page(request: Request, user: Staff) -> Response:
    """The last 30 days, beside the 30 before."""
    log, now = console_of(request).log, datetime.now(UTC)
    first = (now - timedelta(days=DAYS - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    known = {row[0]: row for row in log.days(first - timedelta(days=DAYS))}
    names = [f"{first + timedelta(days=one):%Y-%m-%d}" for one in range(-DAYS, DAYS)]
    days = [Day(name, *known.get(name, (name, 0, 0, 0))[1:]) for name in names]
    now_days, then_days = days[DAYS:], days[:DAYS]
    values = {
        "days": now_days,
        "top": max(1, *(one.conversations for one in now_days)),
        "totals": [(name, _sum(now_days, key), _sum(then_days, key), link) for name, key, link in TOTALS],
        "since": names[DAYS],
        "topics": log.topics(first),
    }
    return page(request, "staff/numbers.html", user, values)


TOTALS = (
    ("Conversations", "conversations", ""),
    ("With a question not covered", "not_covered", "covered=no"),
    ("With a red flag", "urgent", "flag=any"),
)


def _sum(days: list[Day], key: str) -> int:
    return sum(int(getattr(one, key)) for one in days)
