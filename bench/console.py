"""How long the console takes over a long log: filled by `tell`, folded, then asked. Run by `make bench-console`."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import text

from clinic.composition import open_log
from clinic.conversations.demonstration import fill, tell
from clinic.conversations.log_reading_store import Filter, LogReader
from clinic.db import open_sessions
from clinic.migrations.upgrade import upgrade
from clinic.settings_file import load_settings

ROOT = Path(__file__).resolve().parents[1]
FILTERS = {
    "list": Filter(),
    "not covered": Filter(covered="no"),
    "red flags": Filter(flag="any"),
    "did not help, open": Filter(feedback="down", state="open"),
    "topic and kind": Filter(intent="ask_treatment", kind="urgent"),
    "search": Filter(q="parking clinic"),
}


def main(conversations: int) -> None:
    """Print what each part took, in milliseconds (median and 95th percentile of 20)."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(ROOT, {"POINTE_VAR": folder, "POINTE_SECRET": "secret"})
        upgrade(settings)
        sessions, tracker = open_sessions(settings.database_url), open_sessions(settings.tracker_url)
        events = 0
        with tracker.begin() as session:
            session.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"))
            session.execute(text("CREATE INDEX ix_events_sender_id ON events (sender_id)"))
            for told in tell(conversations, datetime.now(UTC)):
                fill(sessions, told)
                rows = [{"s": one["sender_id"], "d": json.dumps(one["data"])} for one in told.events]
                session.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, :d)"), rows)
                events += len(rows)
        begin = time.perf_counter()
        open_log(settings, sessions).catch_up()
        took = time.perf_counter() - begin
        print(f"catch-up: {events} events in {took:.1f} s, {events / took:.0f} a second")
        reader = LogReader(sessions)
        for name, wanted in FILTERS.items():
            _time(name, lambda wanted=wanted: reader.page(wanted))  # type: ignore[misc]
        first = reader.page(Filter())[0]
        _time("count", lambda: reader.count(Filter(covered="no")))
        _time("one conversation", lambda: (reader.turns(first.id), reader.neighbours(Filter(), first)))


def _time(name: str, do: Callable[[], object]) -> None:
    taken = []
    for _ in range(20):
        begin = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begin) * 1000)
    print(f"{name:20} {median(taken):7.1f} {sorted(taken)[18]:7.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 120_000)
