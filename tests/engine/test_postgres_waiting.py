from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from psycopg2.extensions import set_wait_callback

from engine.postgres_waiting import limit_waiting
from tests.databases.conftest import postgres
from tests.databases.relay import Relay

__all__ = ["postgres"]


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


def test_a_statement_that_is_never_answered_ends_and_the_next_is_answered_when_the_database_is_back(
    postgres: str,
) -> None:
    relay = Relay(int(postgres.rsplit(":", 1)[1].split("/")[0]))
    engine = sa.create_engine(f"postgresql://pointe@127.0.0.1:{relay.port}/postgres")
    limit_waiting(engine)
    ended: list[str] = []

    def ask() -> None:
        try:
            with engine.connect() as connection:
                ended.append(str(connection.execute(sa.text("SELECT 7")).scalar()))
        except sa.exc.OperationalError as error:
            ended.append(str(error.orig))

    for swallows in (False, True, False):
        relay.swallows = swallows
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(10)
        assert not asking.is_alive()
    set_wait_callback(None)
    engine.dispose()
    relay.close()
    assert (ended[0], ended[2]) == ("7", "7")
    assert "did not answer" in ended[1]
