"""A connection to PostgreSQL that waits for a limited time, whatever hangs at the other end.

The server's own `statement_timeout` is kept by the server, so it does not help where that hangs or the network is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

CONNECT_SECONDS = 3

Got = TypeVar("Got")


class NoAnswer(psycopg.OperationalError):
    """The server did not answer in time; the connection is closed."""


class PatientConnection(psycopg.Connection[Any]):
    """Raises NoAnswer, and is closed, where a statement takes longer than `longest()` seconds."""

    longest: Callable[[], float]

    def wait(self, gen: PQGen[Got], interval: float = 0.1, timeout: float | None = None) -> Got:
        """psycopg's own wait, with an end."""
        seconds = self.longest()
        try:
            return super().wait(gen, interval, min(timeout or seconds, seconds))
        except psycopg.OperationalError as error:
            if type(error).__name__ != "_WaitTimeout":
                raise
            self.pgconn.finish()
            raise NoAnswer(f"PostgreSQL did not answer within {seconds:.0f} s") from None


def open_connection(longest: Callable[[], float], *given: Any, **parameters: Any) -> PatientConnection:
    """A new connection; raises psycopg's ConnectionTimeout after CONNECT_SECONDS."""
    opened = PatientConnection.connect(*given, **{"connect_timeout": CONNECT_SECONDS, **parameters})
    opened.longest = longest
    return opened
