"""What the log holds, counted by hour: kept up with every fold, so that no page of figures reads the log itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import BigInteger, Integer, String, Table, delete, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic.db import Base

STEP = 25
"""Response times are counted to this many milliseconds."""


class Tally(NamedTuple):
    """What is counted: a kind of count, an hour since 1970 in UTC, and what of that kind."""

    what: str
    hour: int
    key: str


class LogTallyRow(Base):
    """How often something was in an hour.

    `conversation` counts by the hour of what was said last: `all`, `answered`, `not_covered`, `urgent`, `offered`.
    Messages are counted by their own: `intent` by intent; `model`, `silent` (not covered) and `wait` by model, the last
    with the step of the response time behind a bar.
    """

    __tablename__ = "log_tally"
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    hour: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(90), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


_TALLIES = cast(Table, LogTallyRow.__table__)


def hour_of(moment: datetime) -> int:
    """The hour since 1970 that a moment lies in."""
    return int(moment.timestamp() // 3600)


def count_rows(heads: Iterable[Mapping[str, Any]], turns: Iterable[Mapping[str, Any]]) -> Counter[Tally]:
    """What rows of the log's conversations and turns add."""
    found: Counter[Tally] = Counter()
    for one in heads:
        hour = hour_of(one["last"])
        holds = {
            "all": True,
            "answered": "|answer|" in one["kinds"],
            "not_covered": one["not_covered"],
            "urgent": bool(one["red_flag"]),
            "offered": "|offer|" in one["kinds"],
        }
        found.update(Tally("conversation", hour, key) for key, held in holds.items() if held)
    for one in turns:
        hour, model = hour_of(one["at"]), one["model"]
        found[Tally("model", hour, model)] += 1
        if one["intent"]:
            found[Tally("intent", hour, one["intent"])] += 1
        if "not_covered" in one["kinds"]:
            found[Tally("silent", hour, model)] += 1
        if one["milliseconds"] is not None:
            found[Tally("wait", hour, f"{model}|{one['milliseconds'] // STEP}")] += 1
    return found


def add_tallies(session: Session, counts: Counter[Tally]) -> None:
    """Add to what is counted, or take away from it; what is at nothing goes."""
    # In one order everywhere, so that two who add at once wait for one another instead of standing in a ring.
    rows = [{**one._asdict(), "count": count} for one, count in sorted(counts.items()) if count]
    if not rows:
        return
    upsert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = upsert(_TALLIES)
    more = {"count": _TALLIES.c.count + made.excluded["count"]}
    session.execute(made.on_conflict_do_update(index_elements=["what", "hour", "key"], set_=more), rows)
    less = [(one["what"], one["hour"], one["key"]) for one in rows if one["count"] < 0]
    for begin in range(0, len(less), 200):
        some = tuple_(_TALLIES.c.what, _TALLIES.c.hour, _TALLIES.c.key).in_(less[begin : begin + 200])
        session.execute(delete(_TALLIES).where(some, _TALLIES.c.count == 0))
