"""PostgreSQL is waited for a limited time: a server that accepts and never answers must not hold everybody.

The engine's one thread waits while a statement runs, so nothing else is understood meanwhile, a red flag least of all.
"""

from __future__ import annotations

import select
import time
from typing import Any

from sqlalchemy.engine import Engine

MOST_SECONDS = 2.0


def limit_waiting(engine: Engine) -> None:
    """Connections of `engine` end after MOST_SECONDS without an answer, and a dead one is noticed before it is used."""
    if engine.dialect.name != "postgresql":
        return
    import psycopg2.extensions

    psycopg2.extensions.set_wait_callback(wait)
    engine.pool._pre_ping = True  # type: ignore[attr-defined]


def wait(connection: Any) -> None:
    """psycopg2's wait callback: raises its OperationalError when the time is over.

    psycopg2 closes the connection then. It must not be closed here: its lock is held while the callback runs, and
    whoever closes waits for that lock for ever.
    """
    from psycopg2 import OperationalError
    from psycopg2.extensions import POLL_OK, POLL_READ

    until = time.monotonic() + MOST_SECONDS
    while (state := connection.poll()) != POLL_OK:
        left = max(0.0, until - time.monotonic())
        files = [connection.fileno()]
        ready = select.select(files, [], [], left) if state == POLL_READ else select.select([], files, [], left)
        if not any(ready):
            raise OperationalError(f"PostgreSQL did not answer within {MOST_SECONDS:.0f} s")
