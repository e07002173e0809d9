"""How long the console takes over a long log: filled by `tell`, folded, then asked. Run by `make bench-console`.

`python -m bench.console [CONVERSATIONS] [--folder DIR] [--database URL]`: with a folder the log is kept there, and a
run that was stopped goes on where it was. Of the first conversations the engine's events are filled in too (200,000 of
them, on which the catch-up is measured); all others have messages alone. Eight messages a conversation, on average.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import text

from clinic.composition import open_log
from clinic.conversations.demonstration import fill, tell
from clinic.conversations.log_figures_store import LogFigures
from clinic.conversations.log_reading_store import Filter, LogReader
from clinic.db import Sessions, open_sessions
from clinic.migrations.upgrade import upgrade
from clinic.settings import Settings
from clinic.settings_file import load_settings

ROOT = Path(__file__).resolve().parents[1]
UNTIL = datetime(2026, 11, 28, tzinfo=UTC)
EVENTS = 200_000
FURTHER = 7.9  # messages after the first: 8.3 a conversation, a million in 120,000
FILTERS = {
    "list": Filter(),
    "not covered": Filter(covered="no"),
    "red flags": Filter(flag="any"),
    "did not help, open": Filter(feedback="down", state="open"),
    "topic and kind": Filter(intent="ask_treatment", kind="urgent"),
    "model, length, reason": Filter(model="5ac1e0de0000000000000000000000aa", least="6", why="other_condition"),
    "unread": Filter(unread="me", reader="amal"),
    "a day's sample": Filter(sample="2026-11-20"),
    "nothing found": Filter(tag="nowhere"),
    "search": Filter(q="parking clinic"),
    "search and filter": Filter(q="sprain", flag="any"),
}
TABLE = "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"
INDEX = "CREATE INDEX IF NOT EXISTS ix_events_sender_id ON events (sender_id)"


def main() -> None:
    """Print what each part took, in milliseconds (median and 95th percentile of 20)."""
    asked = argparse.ArgumentParser()
    asked.add_argument("conversations", type=int, nargs="?", default=120_000)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--database", default="")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        settings = load_settings(ROOT, {"POINTE_VAR": str(folder), "POINTE_SECRET": "secret"})
        if given.database:
            settings = replace(settings, database_url=given.database)
        upgrade(settings)
        sessions = open_sessions(settings.database_url)
        _fill(settings, sessions, given.conversations)
        _measure(sessions)


def _fill(settings: Settings, sessions: Sessions, conversations: int) -> None:
    """Fill what is missing; the catch-up is measured over what has events, then over messages alone."""
    tracker = open_sessions(settings.tracker_url)
    with tracker.begin() as session:
        session.execute(text(TABLE))
        session.execute(text(INDEX))
        events = int(session.scalar(text("SELECT count(*) FROM events")) or 0)
    with sessions() as session:
        kept = int(session.scalar(text("SELECT count(*) FROM conversation")) or 0)
    for number, told in enumerate(tell(conversations, UNTIL, further=FURTHER)):
        if number * 1000 < kept:
            continue
        fill(sessions, told)
        if events < EVENTS:
            rows = [{"s": one["sender_id"], "d": json.dumps(one["data"])} for one in told.events]
            with tracker.begin() as session:
                session.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, :d)"), rows)
            events += len(rows)
            if events >= EVENTS:
                _catch_up(settings, sessions, f"catch-up of {events} events")
    _catch_up(settings, sessions, "catch-up of the rest")


def _catch_up(settings: Settings, sessions: Sessions, name: str) -> None:
    with sessions() as session:
        before = int(session.scalar(text("SELECT count(*) FROM log_turn")) or 0)
    begin = time.perf_counter()
    open_log(settings, sessions).catch_up()
    took = time.perf_counter() - begin
    with sessions() as session:
        turns = int(session.scalar(text("SELECT count(*) FROM log_turn")) or 0) - before
    print(
        f"{name}: {turns} turns in {took:.1f} s; {turns / took:.0f} turns, about {3 * turns / took:.0f} events a second"
    )


def _measure(sessions: Sessions) -> None:
    reader, figures = LogReader(sessions), LogFigures(sessions)
    with sessions() as session:
        counts = [session.scalar(text(f"SELECT count(*) FROM {one}")) for one in ("log_conversation", "log_turn")]
        print(f"{counts[0]} conversations, {counts[1]} messages, {session.get_bind().dialect.name}")
    for name, wanted in FILTERS.items():
        _time(name, lambda wanted=wanted: reader.page(wanted))  # type: ignore[misc]
    for name in ("list", "not covered", "did not help, open"):
        _time(f"count: {name}", lambda name=name: reader.count(FILTERS[name]))  # type: ignore[misc]
    first = reader.page(Filter())[0]
    _time("one conversation", lambda: (reader.turns(first.id), reader.neighbours(Filter(), first)))
    _time("numbers, by hour", lambda: figures.hours(datetime(2026, 10, 29, tzinfo=UTC)), 3)
    _time("numbers, by model", lambda: figures.models(datetime(2026, 10, 29, tzinfo=UTC)), 3)
    print(f"memory of this process at its most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _time(name: str, do: Callable[[], object], times: int = 20) -> None:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begin) * 1000)
    print(f"{name:26} {median(taken):7.1f} {sorted(taken)[int(0.95 * (times - 1))]:7.1f}", flush=True)


if __name__ == "__main__":
    main()
