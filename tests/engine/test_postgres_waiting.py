from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from psycopg2.extensions import set_wait_callback

from engine.postgres_waiting import limit_waiting


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])
    set_wait_callback(None)


def test_a_database_that_accepts_and_never_answers_holds_the_engine_for_two_seconds(silent: int) -> None:
    engine = sa.create_engine(f"postgresql://pointe@127.0.0.1:{silent}/tracker")
    limit_waiting(engine)
    began = time.monotonic()
    with pytest.raises(sa.exc.OperationalError, match="did not answer"):
        engine.connect()
    assert time.monotonic() - began < 4
