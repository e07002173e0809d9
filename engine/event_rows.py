"""The engine's `events` table: read to its newest row, and appended to where nobody else has been meanwhile."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from rasa.shared.core.events import Event
from sqlalchemy.pool import QueuePool

MOST_GUESSES = 10  # of the intents' ranking in the stored parse; the rest is a third of a row and nobody reads it


class Overtaken(Exception):
    """The conversation has rows that the writer has not seen; nothing was written."""


def keep_connections(engine: sa.engine.Engine, most: int) -> sa.engine.Engine:
    """The same database with connections that stay open between two messages: SQLAlchemy 1.4 opens SQLite's anew."""
    if engine.dialect.name != "sqlite" or engine.url.database in (None, "", ":memory:"):
        return engine
    given = {"check_same_thread": False}  # a connection serves one thread after the other, never two at once
    kept = sa.create_engine(engine.url, poolclass=QueuePool, pool_size=most, max_overflow=0, connect_args=given)
    kept.hide_parameters = engine.hide_parameters
    return kept


class EventRows:
    """Rows of conversations, on SQLite or PostgreSQL; every method is one short transaction."""

    def __init__(self, engine: sa.engine.Engine, table: sa.Table) -> None:
        self._engine = engine
        mine = table.c.sender_id == sa.bindparam("sender")
        self._ask_newest = sa.select([sa.func.max(table.c.id)]).where(mine)  # type: ignore[call-overload]
        self._insert = table.insert()

    def newest(self, sender_id: str) -> int:
        """The id of a conversation's newest row; 0 where it has none."""
        with self._engine.connect() as connection:
            return self._newest(connection, sender_id)

    def append(self, sender_id: str, events: list[Event], after: int) -> int:
        """Write the events behind row `after`, which must be the newest; returns the newest id. Raises Overtaken."""
        with self._engine.begin() as connection:
            if not events:
                return self._newest(connection, sender_id)
            if self._engine.dialect.name == "postgresql":
                # Until this transaction ends no other engine looks for the newest row in order to write behind it.
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:sender))"), {"sender": sender_id})
            if self._newest(connection, sender_id) != after:
                raise Overtaken("Somebody else has written to the conversation: this turn is not kept.")
            connection.execute(self._insert, [_row(sender_id, event) for event in events])
            return self._newest(connection, sender_id)

    def _newest(self, connection: sa.engine.Connection, sender_id: str) -> int:
        return int(connection.execute(self._ask_newest, {"sender": sender_id}).scalar() or 0)


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    parsed = data.get("parse_data")
    if parsed and len(parsed.get("intent_ranking") or ()) > MOST_GUESSES:
        data = {**data, "parse_data": {**parsed, "intent_ranking": parsed["intent_ranking"][:MOST_GUESSES]}}
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((parsed or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
