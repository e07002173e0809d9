"""The tables of the log: conversations and turns as staff look for them. All of it can be made again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, Boolean, Float, Integer, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, UtcTime


class LogConversationRow(Base):
    """One conversation in which something was said; `seen` is what it was folded from."""

    __tablename__ = "log_conversation"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    started: Mapped[datetime] = mapped_column(UtcTime)
    last: Mapped[datetime] = mapped_column(UtcTime, index=True)
    turns: Mapped[int]
    first_words: Mapped[str] = mapped_column(Text)
    kinds: Mapped[str] = mapped_column(Text)
    intents: Mapped[str] = mapped_column(Text)
    articles: Mapped[str] = mapped_column(Text)
    models: Mapped[str] = mapped_column(Text, server_default="")
    reasons: Mapped[str] = mapped_column(Text, server_default="")
    red_flag: Mapped[str] = mapped_column(String(60), index=True)
    not_covered: Mapped[bool] = mapped_column(Boolean, index=True)
    lowest: Mapped[float] = mapped_column(Float)
    seen: Mapped[str] = mapped_column(String(60))


class LogTurnRow(Base):
    """One turn of the log."""

    __tablename__ = "log_turn"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    message_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    text: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(String(80), index=True)
    confidence: Mapped[float] = mapped_column(Float)
    guesses: Mapped[list[Any]] = mapped_column(JSON)
    actions: Mapped[list[Any]] = mapped_column(JSON)
    red_flag: Mapped[str] = mapped_column(String(60))
    kinds: Mapped[str] = mapped_column(Text)
    replies: Mapped[list[Any]] = mapped_column(JSON)
    milliseconds: Mapped[int | None]
    model: Mapped[str] = mapped_column(String(40), server_default="", index=True)
    kept: Mapped[dict[str, Any]] = mapped_column(JSON, server_default="{}")


class LogMarkRow(Base):
    """How far each source has been read."""

    __tablename__ = "log_mark"
    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]


# The words of each conversation with contact details masked, for searching.
SEARCH = {
    "sqlite": [
        "CREATE VIRTUAL TABLE IF NOT EXISTS log_search USING fts5"
        "(conversation_id UNINDEXED, body, tokenize = 'porter unicode61 remove_diacritics 2')"
    ],
    "postgresql": [
        "CREATE TABLE IF NOT EXISTS log_search (conversation_id varchar(64) PRIMARY KEY, body text NOT NULL, "
        "words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED)",
        "CREATE INDEX IF NOT EXISTS ix_log_search_words ON log_search USING gin (words)",
    ],
}
for _dialect, _statements in SEARCH.items():
    for _one in _statements:
        event.listen(LogTurnRow.__table__, "after_create", DDL(_one).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
