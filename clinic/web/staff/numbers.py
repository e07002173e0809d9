"""Numbers to look at: charts drawn here, each with its table, each bar leading to its conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from clinic.conversations.log_figures_store import Counts
from clinic.web.staff.access import Staff, page
from clinic.web.staff.desk import console_of

router = APIRouter(include_in_schema=False)
DAYS = 30
TOTALS = (
    ("Conversations", "conversations", ""),
    ("Answered from an article", "answered", "kind=answer"),
    ("With a question not covered", "not_covered", "covered=no"),
    ("With a red flag", "urgent", "flag=any"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: what it stands for, what it counts, and where it leads."""

    name: str
    counts: Counts
    href: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A line of the totals, this time and the time before."""

    name: str
    now: str
    before: str
    href: str = ""


@router.get("/staff/numbers")
def numbers_page(request: Request, user: Staff) -> Response:
    """The last 30 days of the clinic, beside the 30 before."""
    zone = ZoneInfo(request.app.state.settings.clinic.time_zone)
    figures, now = console_of(request).figures, datetime.now(zone)
    first = (now - timedelta(days=DAYS - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    earlier = (first - timedelta(days=DAYS)).replace(tzinfo=zone)
    hours = figures.hours(earlier.astimezone(UTC))
    names = [f"{first + timedelta(days=one):%Y-%m-%d}" for one in range(-DAYS, DAYS)]
    by_day: dict[str, Counts] = dict.fromkeys(names, Counts())
    by_hour = {one: Counts() for one in range(24)}
    for hour, counts in hours.items():
        day = f"{hour:%Y-%m-%d}"
        by_day[day] = by_day.get(day, Counts()) + counts
        if hour >= first:
            by_hour[hour.hour] += counts
    days = [Bar(name, by_day[name], f"/staff/conversations?since={name}&until={name}") for name in names]
    since = names[DAYS]
    values = {
        "days": days[DAYS:],
        "hours": [Bar(f"{hour:02}", counts) for hour, counts in by_hour.items()],
        "totals": [*_totals(days, since), *_outcomes(request, (earlier, first, now), since)],
        "models": figures.models(first.astimezone(UTC)),
        "since": since,
        "topics": figures.topics(first.astimezone(UTC)),
    }
    return page(request, "staff/numbers.html", user, values)


def _totals(days: list[Bar], since: str) -> list[Total]:
    before, now = (sum((one.counts for one in some), Counts()) for some in (days[:DAYS], days[DAYS:]))
    return [
        Total(name, str(getattr(now, key)), str(getattr(before, key)), _conversations(since, link))
        for name, key, link in TOTALS
    ]


def _outcomes(request: Request, moments: tuple[datetime, datetime, datetime], since: str) -> list[Total]:
    """What became of offers, and what visitors thought of answers."""
    figures = console_of(request).figures
    earlier, first, now = (one.astimezone(UTC) for one in moments)
    then, lately = figures.funnel(earlier, first), figures.funnel(first, now)
    thumbs_then, thumbs = figures.feedback(earlier, first), figures.feedback(first, now)
    return [
        Total("Offered an appointment", str(lately.offered), str(then.offered), _conversations(since, "kind=offer")),
        Total(
            "Asked for one",
            _share(lately.requested, lately.offered),
            _share(then.requested, then.offered),
            _conversations(since, "request=yes"),
        ),
        Total(
            "Agreed on a time",
            _share(lately.accepted, lately.requested),
            _share(then.accepted, then.requested),
            "/staff/appointments",
        ),
        Total("Answers that helped", str(thumbs[0]), str(thumbs_then[0]), _conversations(since, "feedback=up")),
        Total("Answers that did not", str(thumbs[1]), str(thumbs_then[1]), _conversations(since, "feedback=down")),
    ]


def _conversations(since: str, more: str) -> str:
    return f"/staff/conversations?since={since}{'&' + more if more else ''}"


def _share(count: int, whole: int) -> str:
    return f"{count} ({100 * count / whole:.0f}\N{NO-BREAK SPACE}%)" if whole else str(count)
