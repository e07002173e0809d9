"""Full-text search over what was said: FTS5 on SQLite, tsvector on PostgreSQL, one store before both.

Only masked words are indexed: nobody finds a visitor by a telephone number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from clinic.db import Sessions

MOST_WORDS = 12
_GONE = text("DELETE FROM log_search WHERE conversation_id IN :ids").bindparams(bindparam("ids", expanding=True))
# FTS5 finds a row by its number at once, and by what it holds only by reading every row.
_GONE_ROWS = text("DELETE FROM log_search WHERE rowid IN :ids").bindparams(bindparam("ids", expanding=True))
_PUT = text("INSERT INTO log_search (conversation_id, body) VALUES (:id, :body)")
_PUT_ROWS = text("INSERT INTO log_search (rowid, conversation_id, body) VALUES (:row, :id, :body)")
_EXCERPTS = {
    "sqlite": "SELECT conversation_id AS id, snippet(log_search, 1, char(2), char(3), '…', 16) AS excerpt "
    "FROM log_search WHERE log_search MATCH :query AND rowid IN :rows AND conversation_id IN :ids",
    "postgresql": "SELECT conversation_id AS id, ts_headline('english', body, plainto_tsquery('english', :query), "
    "'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=24, MinWords=8') AS excerpt "
    "FROM log_search WHERE conversation_id IN :ids",
}
MATCHES = {
    "sqlite": "SELECT conversation_id FROM log_search WHERE log_search MATCH :query",
    "postgresql": "SELECT conversation_id FROM log_search WHERE words @@ plainto_tsquery('english', :query)",
}
"""Whose words match, by kind of database; `:query` is what `match_query` gives."""


def match_query(written: str, dialect: str) -> str:
    """What somebody typed, as a query in which every word must be found; nothing typed is an operator."""
    words = re.findall(r"\w+", written)[:MOST_WORDS]
    return " ".join(f'"{one}"' for one in words) if dialect == "sqlite" else " ".join(words)


def put_words(session: Session, bodies: dict[str, str]) -> None:
    """Put the words of conversations in the place of what was indexed of them."""
    if not bodies:
        return
    forget_words(session, bodies)
    if _is_sqlite(session):
        session.execute(_PUT_ROWS, [{"row": row_of(one), "id": one, "body": body} for one, body in bodies.items()])
    else:
        session.execute(_PUT, [{"id": one, "body": body} for one, body in bodies.items()])


def forget_words(session: Session, conversation_ids: Iterable[str]) -> None:
    """Take conversations out of the index."""
    ids = list(conversation_ids)
    if ids and _is_sqlite(session):
        session.execute(_GONE_ROWS, {"ids": [row_of(one) for one in ids]})
    elif ids:
        session.execute(_GONE, {"ids": ids})


def row_of(conversation_id: str) -> int:
    """The number of a conversation's row in FTS5: 62 bits of a hash, so that nobody has to look it up."""
    return int.from_bytes(sha256(conversation_id.encode()).digest()[:8], "big") >> 2


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


class Search:
    """Excerpts of what matched, and a clean index after an erasure."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def excerpts(self, written: str, conversation_ids: list[str]) -> dict[str, str]:
        """Where the words were found, with the control characters 2 and 3 around them."""
        with self._sessions() as session:
            dialect = session.get_bind().dialect.name
            query = match_query(written, dialect)
            if not query or not conversation_ids:
                return {}
            asked = text(_EXCERPTS[dialect]).bindparams(bindparam("ids", expanding=True))
            given: dict[str, object] = {"query": query, "ids": conversation_ids}
            if dialect == "sqlite":
                asked = asked.bindparams(bindparam("rows", expanding=True))
                given["rows"] = [row_of(one) for one in conversation_ids]
            rows = session.execute(asked, given)
            return {row.id: row.excerpt for row in rows}

    def scrub(self) -> None:
        """Leave no word of what was erased in the index: SQLite keeps those of deleted rows until it is merged."""
        with self._sessions.begin() as session:
            if session.get_bind().dialect.name == "sqlite":
                session.execute(text("INSERT INTO log_search (log_search) VALUES ('optimize')"))
