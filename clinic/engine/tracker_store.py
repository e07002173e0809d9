"""The engine's own `events` table: read to know what it heard, written to only by erasure and retention."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import Engine, bindparam, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from clinic.db import connect
from clinic.engine.events import Event, fold_turns
from clinic.engine.prediction import LoggedTurn


class Tracker:
    """What the engine recorded. Rows are ordered by id: times are floats and not unique."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = connect(url)

    def turns(self, conversation_id: str) -> list[LoggedTurn]:
        """The turns of a conversation as the engine recorded them; empty when it heard nothing."""
        return fold_turns(self.events(conversation_id))

    def heard(self, conversation_id: str, message_id: str) -> LoggedTurn | None:
        """The turn of one message, or None if the engine never recorded hearing it."""
        tries = [one for one in self.turns(conversation_id) if one.message_id == message_id]
        return next((one for one in reversed(tries) if one.is_answered), tries[-1] if tries else None)

    def erase(self, conversation_ids: list[str]) -> int:
        """Delete every event of these conversations; returns how many rows went."""
        if not conversation_ids or not self._exists():
            return 0
        gone = text("DELETE FROM events WHERE sender_id IN :ids").bindparams(bindparam("ids", expanding=True))
        with self._engine.begin() as connection:
            return int(connection.execute(gone, {"ids": conversation_ids}).rowcount)

    def rewrite(self, conversation_id: str, change: Callable[[Event], Event]) -> None:
        """Put `change(event)` in the place of every event of a conversation that it changes."""
        if not self._exists():
            return
        asked = text("SELECT id, data FROM events WHERE sender_id = :id ORDER BY id")
        put = text("UPDATE events SET data = :data WHERE id = :id")
        with self._engine.begin() as connection:
            for row in connection.execute(asked, {"id": conversation_id}).all():
                event = json.loads(row.data)
                changed = change(event)
                if changed != event:
                    connection.execute(put, {"id": row.id, "data": json.dumps(changed)})

    def scrub(self) -> None:
        """Leave no trace of deleted rows in SQLite's files: truncate the write-ahead log."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def events(self, conversation_id: str) -> list[Event]:
        """The events of a conversation in the order they were written."""
        if not self._exists():
            return []
        asked = text("SELECT data FROM events WHERE sender_id = :id ORDER BY id")
        with self._engine.connect() as connection:
            return [json.loads(row.data) for row in connection.execute(asked, {"id": conversation_id})]

    def heard_after(self, row_id: int, limit: int) -> list[tuple[int, str]]:
        """The next rows beyond `row_id`: their ids and whose they are, in the order they were written."""
        if not self._exists():
            return []
        asked = text("SELECT id, sender_id FROM events WHERE id > :id ORDER BY id LIMIT :limit")
        with self._engine.connect() as connection:
            return [(row.id, row.sender_id) for row in connection.execute(asked, {"id": row_id, "limit": limit})]

    def events_of(self, conversation_ids: list[str]) -> dict[str, list[Event]]:
        """The events of several conversations, each in the order they were written; a broken row is left out."""
        found: dict[str, list[Event]] = {one: [] for one in conversation_ids}
        if not conversation_ids or not self._exists():
            return found
        asked = text("SELECT sender_id, data FROM events WHERE sender_id IN :ids ORDER BY id")
        asked = asked.bindparams(bindparam("ids", expanding=True))
        with self._engine.connect() as connection:
            for row in connection.execute(asked, {"ids": conversation_ids}):
                try:
                    event = json.loads(row.data)
                except (TypeError, ValueError):
                    continue
                if isinstance(event, dict):
                    found[row.sender_id].append(event)
        return found

    def counts(self, conversation_ids: list[str]) -> dict[str, int]:
        """How many rows there are of each of these conversations."""
        if not conversation_ids or not self._exists():
            return {}
        asked = text("SELECT sender_id, count(*) AS rows FROM events WHERE sender_id IN :ids GROUP BY sender_id")
        asked = asked.bindparams(bindparam("ids", expanding=True))
        with self._engine.connect() as connection:
            return {row.sender_id: row.rows for row in connection.execute(asked, {"ids": conversation_ids})}

    def answers(self) -> bool:
        """Whether the engine's database answers now; one that the engine has not made yet does."""
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def _exists(self) -> bool:
        return inspect(self._engine).has_table("events")
