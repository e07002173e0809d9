"""Full-text search over what was said: FTS5 on SQLite, tsvector on PostgreSQL, one store before both.

Only masked words are indexed: nobody finds a visitor by a telephone number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import bindparam, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from clinic.db import Sessions

MOST_WORDS = 12
MOST_LEVELS = 500
"""Merging all of it adds levels to the index; with 2,000 it can neither be read nor dropped (as in SQLite 3.40)."""
MERGED = 500  # pages of the index at a time
_STRUCTURE = 10  # the row of FTS5's own record of its levels
_NUMBER = {"sqlite": "rowid", "postgresql": "number"}
_GONE = "DELETE FROM log_search WHERE {number} IN :numbers"
# Two conversations may share a number, if hardly ever: the later one stays.
_PUT = {
    "sqlite": "INSERT OR REPLACE INTO log_search (rowid, conversation_id, body) VALUES (:number, :id, :body)",
    "postgresql": "INSERT INTO log_search (number, conversation_id, body) VALUES (:number, :id, :body) ON CONFLICT "
    "(number) DO UPDATE SET conversation_id = excluded.conversation_id, body = excluded.body",
}
_EXCERPTS = {
    "sqlite": "SELECT rowid AS number, snippet(log_search, 1, char(2), char(3), '…', 16) AS excerpt "
    "FROM log_search WHERE log_search MATCH :query AND rowid IN :numbers",
    "postgresql": "SELECT number, ts_headline('english', body, plainto_tsquery('english', :query), "
    "'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=24, MinWords=8') AS excerpt "
    "FROM log_search WHERE number IN :numbers",
}
_MERGE = text("INSERT INTO log_search (log_search, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")
MATCHES = {
    "sqlite": "log_search MATCH :query",
    "postgresql": "log_search.words @@ plainto_tsquery('english', :query)",
}
"""What holds of a row of `log_search` whose words match; `:query` is what `match_query` gives."""


def match_query(written: str, dialect: str) -> str:
    """What somebody typed, as a query in which every word must be found; nothing typed is an operator."""
    words = re.findall(r"\w+", written)[:MOST_WORDS]
    return " ".join(f'"{one}"' for one in words) if dialect == "sqlite" else " ".join(words)


def put_words(session: Session, bodies: Iterable[tuple[int, str, str]]) -> None:
    """Put the words of conversations that are not indexed: numbers in the list, ids, and words."""
    rows = [{"number": number, "id": one, "body": body} for number, one, body in bodies]
    if rows:
        session.execute(text(_PUT[session.get_bind().dialect.name]), rows)


def forget_words(session: Session, numbers: Iterable[int]) -> None:
    """Take the conversations of these numbers out of the index."""
    gone = list(numbers)
    if gone:
        asked = text(_GONE.format(number=_NUMBER[session.get_bind().dialect.name]))
        session.execute(asked.bindparams(bindparam("numbers", expanding=True)), {"numbers": gone})


class Search:
    """Excerpts of what matched, and a clean index after an erasure."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def excerpts(self, written: str, numbers: Iterable[int]) -> dict[int, str]:
        """Where the words were found in conversations of these numbers, with control characters 2 and 3 around them."""
        wanted = list(numbers)
        with self._sessions() as session:
            dialect = session.get_bind().dialect.name
            query = match_query(written, dialect)
            if not query or not wanted:
                return {}
            asked = text(_EXCERPTS[dialect]).bindparams(bindparam("numbers", expanding=True))
            return {row.number: row.excerpt for row in session.execute(asked, {"query": query, "numbers": wanted})}

    def scrub(self) -> None:
        """Leave no word of what was erased in the index: SQLite keeps those of deleted rows until all is merged.

        A few pages at a time, so that nobody who writes waits for more than a moment.
        """
        with self._sessions() as session:
            if session.get_bind().dialect.name != "sqlite":
                return
            pages = -MERGED  # the first call takes everything into the merge, those after it go on
            while True:
                before = session.execute(_CHANGES).scalar_one()
                session.execute(_MERGE, {"pages": pages})
                changed = session.execute(_CHANGES).scalar_one() - before
                session.commit()
                if changed < 2:  # so FTS5 says that there is no more to do
                    return
                pages = MERGED

    def mend(self) -> int:
        """Make the index anew from the words it holds where SQLite finds it damaged, or where it soon will be: 1 where
        that was done. While it is damaged nothing can be folded or erased.
        """
        with self._sessions() as session:
            if session.get_bind().dialect.name != "sqlite":
                return 0
            if not _is_damaged(session) and _levels(session) <= MOST_LEVELS:
                return 0
        with self._sessions.begin() as session:
            _make_anew(session)
        return 1


def _is_damaged(session: Session) -> bool:
    try:
        session.execute(text("SELECT rowid FROM log_search LIMIT 1")).all()
    except DatabaseError as error:
        if "vtable constructor failed" not in str(error.orig):
            raise
        session.rollback()
        return True
    return False


def _levels(session: Session) -> int:
    """How many levels the index has: after four bytes, a number of up to four bytes of seven bits (FTS5's own form)."""
    [block] = session.execute(text("SELECT block FROM log_search_data WHERE id = :id"), {"id": _STRUCTURE}).one()
    levels = 0
    for byte in block[4:8]:
        levels = levels << 7 | byte & 127
        if byte < 128:
            break
    return levels


def _make_anew(session: Session) -> None:
    """Rebuild from the words beside the index; one that is damaged cannot even be dropped before it is empty."""
    session.execute(
        text("INSERT OR REPLACE INTO log_search_data (id, block) VALUES (:id, :empty)"),
        {"id": _STRUCTURE, "empty": bytes(7)},
    )
    session.execute(text("INSERT INTO log_search (log_search) VALUES ('rebuild')"))
