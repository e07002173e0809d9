"""How long the console takes over a long log, in a real assistant. Run by `make bench-console`.

`python -m bench.console [CONVERSATIONS] [--folder DIR] [--postgres]`: 8.4 messages a conversation, on average, a
million in 120,000. Of the first conversations the engine's events are filled in too (200,000 of them, on which the
catch-up is measured); all others have messages alone. With a folder the log is kept there, and a run that was stopped
goes on where it was. With `--filters` only filters are measured, each and every two of them. With `--postgres` both
databases are in a PostgreSQL of the run's own, beside a Redis for the locks.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.console_beside import measure_visitors
from bench.console_filling import fill_log
from bench.console_filters import decide_much, measure_filters
from bench.console_pages import measure_pages, sign_in
from bench.soak.groups import SECRET, Group
from bench.soak.stores import Postgres, Redis, addresses_of
from clinic.accounts.store import Accounts
from clinic.db import open_sessions
from clinic.migrations.upgrade import upgrade
from clinic.settings import Settings
from clinic.settings_file import load_settings

ROOT = Path(__file__).resolve().parents[1]
NAME, WORDS = "bench", "four quiet green kettles"


def main() -> None:
    """Fill, fold, then open every page as somebody does, and print what it took."""
    asked = argparse.ArgumentParser()
    asked.add_argument("conversations", type=int, nargs="?", default=120_000)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--only-fill", action="store_true")
    asked.add_argument("--filters", action="store_true", help="filters alone, each and every two")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.chmod(0o755)
        with _databases(folder, wanted=given.postgres) as shared:
            settings = _settings(folder, shared)
            upgrade(settings)
            sessions = open_sessions(settings.database_url)
            fill_log(settings, sessions, given.conversations)
            if given.only_fill:
                return
            accounts = Accounts(sessions)
            if NAME not in [one.name for one in accounts.all()]:
                accounts.add(NAME, "admin", WORDS)
            decide_much(sessions, NAME)
            sessions.kw["bind"].dispose()
            _measure(Group("console", folder, shared), filters_alone=given.filters)
            print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def _measure(group: Group, *, filters_alone: bool) -> None:
    group.start()
    try:
        group.wait_until_ready()
        with sign_in(group.address, NAME, WORDS) as client:
            if not filters_alone:
                measure_pages(client, group)
            measure_filters(client)
        if not filters_alone:
            measure_visitors(group, NAME, WORDS)
    finally:
        group.stop()


@contextmanager
def _databases(folder: Path, *, wanted: bool) -> Iterator[dict[str, str]]:
    """What the assistant's environment says of its databases: nothing, or where a PostgreSQL of our own is."""
    if not wanted:
        yield {}
        return
    postgres, redis = Postgres(folder / "postgres"), Redis(folder / "redis")
    try:
        postgres.start()
        redis.start()
        yield addresses_of(postgres, redis)
    finally:
        postgres.kill()
        redis.kill()


def _settings(folder: Path, shared: dict[str, str]) -> Settings:
    settings = load_settings(ROOT, {"POINTE_VAR": str(folder), "POINTE_SECRET": SECRET})
    if shared:
        database, tracker = shared["POINTE_DATABASE_URL"], shared["POINTE_TRACKER_URL"]
        settings = replace(settings, database_url=database, tracker_url=tracker)
    return settings


if __name__ == "__main__":
    main()
