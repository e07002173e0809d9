"""What a list of conversations is narrowed to, as it stands in the address. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONGEST = 200


class BadFilter(ValueError):
    """A filter that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; each part may be empty, and all that are not must hold.

    `since`, `until` and `sample` are days at the clinic as 2026-11-29; `below` is a confidence; `least` and `most`
    count messages; `why` is a reason for silence. `reader` is whoever looks: it never stands in an address.
    """

    q: str = ""
    since: str = ""
    until: str = ""
    intent: str = ""
    kind: str = ""
    article: str = ""
    flag: str = ""
    covered: str = ""
    why: str = ""
    feedback: str = ""
    request: str = ""
    state: str = ""
    verdict: str = ""
    assignee: str = ""
    tag: str = ""
    below: str = ""
    least: str = ""
    most: str = ""
    model: str = ""
    marked: str = ""
    unread: str = ""
    sample: str = ""
    before: str = ""
    reader: str = field(default="", compare=False)

    @classmethod
    def read(cls, written: dict[str, str], reader: str = "") -> Filter:
        """From an address; what is no filter is left out."""
        names = [one.name for one in fields(cls) if one.name != "reader"]
        return cls(**{name: written.get(name, "")[:LONGEST].replace("\x00", "") for name in names}, reader=reader)

    def parts(self) -> dict[str, str]:
        """What is not empty, for an address."""
        names = [one.name for one in fields(self) if one.name != "reader"]
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def but(self, **parts: str) -> Filter:
        """The same with other parts."""
        return Filter.read({**self.parts(), **parts}, self.reader)

    def check(self, zone: ZoneInfo) -> None:
        """Raise BadFilter where a day, a number or a place cannot be read."""
        for written in filter(None, (self.since, self.until, self.sample)):
            day_of(written, zone)
        for written in filter(None, (self.below, self.least, self.most)):
            number_of(written)
        if self.before:
            place_of(self.before)


def day_of(written: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a day at the clinic begins and when it ends, in UTC."""
    try:
        day = date.fromisoformat(written)
        begin, end = (datetime(one.year, one.month, one.day, tzinfo=zone) for one in (day, day + timedelta(days=1)))
    except (ValueError, OverflowError):
        raise BadFilter(f"{written!r} is not a day: write it as 2026-11-29.") from None
    return begin.astimezone(UTC), end.astimezone(UTC)


def number_of(written: str) -> float:
    """A number in an address."""
    try:
        return float(written)
    except ValueError:
        raise BadFilter(f"{written!r} is not a number.") from None


def place_of(written: str) -> int:
    """A place in the list, as `before` has it."""
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 2**63:
        raise BadFilter("The place in the list cannot be read.")
    return int(written)
