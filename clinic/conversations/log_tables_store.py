"""The tables of the log: conversations and turns as staff look for them. All of it can be made again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, BigInteger, Boolean, Float, Index, Integer, String, Text, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from clinic.conversations.list_order import list_number
from clinic.db import Base, UtcTime

TURN = "log"
"""The name of the turn in which a process writes the log, or what was decided of it."""


def _number(context: DefaultExecutionContext) -> int:
    row = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return list_number(row["last"], row["id"])


class LogConversationRow(Base):
    """One conversation in which something was said; `seen` is what it was folded from.

    `number` is its place in the list, which follows from `last` and `id`; every list is read along it. `decided` holds
    facets between bars, of what staff and visitors decided of it.
    """

    __tablename__ = "log_conversation"
    __table_args__ = (
        # What is asked of every conversation stands in the index along which the list is read.
        Index("ix_log_conversation_number", "number", "id", "turns", "lowest"),
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    started: Mapped[datetime] = mapped_column(UtcTime)
    last: Mapped[datetime] = mapped_column(UtcTime)
    number: Mapped[int] = mapped_column(BigInteger, default=_number)
    turns: Mapped[int]
    first_words: Mapped[str] = mapped_column(Text)
    kinds: Mapped[str] = mapped_column(Text)
    intents: Mapped[str] = mapped_column(Text)
    articles: Mapped[str] = mapped_column(Text)
    models: Mapped[str] = mapped_column(Text, server_default="")
    reasons: Mapped[str] = mapped_column(Text, server_default="")
    red_flag: Mapped[str] = mapped_column(String(60))
    not_covered: Mapped[bool] = mapped_column(Boolean)
    lowest: Mapped[float] = mapped_column(Float)
    seen: Mapped[str] = mapped_column(String(60))
    decided: Mapped[str] = mapped_column(Text, server_default="")


class LogTurnRow(Base):
    """One turn of the log."""

    __tablename__ = "log_turn"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    message_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    text: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(String(80))
    confidence: Mapped[float] = mapped_column(Float)
    guesses: Mapped[list[Any]] = mapped_column(JSON)
    actions: Mapped[list[Any]] = mapped_column(JSON)
    red_flag: Mapped[str] = mapped_column(String(60))
    kinds: Mapped[str] = mapped_column(Text)
    replies: Mapped[list[Any]] = mapped_column(JSON)
    milliseconds: Mapped[int | None]
    model: Mapped[str] = mapped_column(String(40), server_default="")
    kept: Mapped[dict[str, Any]] = mapped_column(JSON, server_default="{}")


class LogMarkRow(Base):
    """How far each source has been read."""

    __tablename__ = "log_mark"
    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]


# The words of each conversation with contact details masked, for searching, by the conversation's number (on SQLite
# its rowid): what was found is read from the newest on, without sorting all of it.
SEARCH = {
    "sqlite": [
        "CREATE VIRTUAL TABLE IF NOT EXISTS log_search USING fts5"
        "(conversation_id UNINDEXED, body, tokenize = 'porter unicode61 remove_diacritics 2')"
    ],
    "postgresql": [
        "CREATE TABLE IF NOT EXISTS log_search (number bigint PRIMARY KEY, conversation_id varchar(64), "
        "body text NOT NULL, words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED)",
        "CREATE INDEX IF NOT EXISTS ix_log_search_words ON log_search USING gin (words)",
    ],
}
for _dialect, _statements in SEARCH.items():
    for _one in _statements:
        event.listen(LogTurnRow.__table__, "after_create", DDL(_one).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
