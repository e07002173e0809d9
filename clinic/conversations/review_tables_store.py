"""The tables of what staff decided about conversations and their messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, UtcTime


class ReviewRow(Base):
    """What is decided of one conversation."""

    __tablename__ = "review"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    verdict: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    right_intent: Mapped[str] = mapped_column(String(80))
    right_answer: Mapped[str] = mapped_column(Text, server_default="")
    tags: Mapped[str] = mapped_column(Text)
    assignee: Mapped[str] = mapped_column(String(60), index=True)
    flagged: Mapped[bool] = mapped_column(Boolean)
    outcome: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]


class ReviewEventRow(Base):
    """One change of a decision."""

    __tablename__ = "review_event"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    who: Mapped[str] = mapped_column(String(60))
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    batch: Mapped[str] = mapped_column(String(16), server_default="", index=True)


class ReviewLookRow(Base):
    """Who looks at a conversation now."""

    __tablename__ = "review_look"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    who: Mapped[str] = mapped_column(String(60), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcTime)


class ReviewTurnRow(Base):
    """What is decided of one message: flagged, its right intent, its right answer, and whether trainers get it.

    `training` is empty, `sent`, or whatever the trainers' inbox made of it.
    """

    __tablename__ = "review_turn"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    flagged: Mapped[bool] = mapped_column(Boolean)
    right_intent: Mapped[str] = mapped_column(String(80))
    right_answer: Mapped[str] = mapped_column(Text)
    training: Mapped[str] = mapped_column(String(20), index=True)
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcTime)


class MentionRow(Base):
    """Somebody named somebody in a note."""

    __tablename__ = "review_mention"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    who: Mapped[str] = mapped_column(String(60), index=True)
    by: Mapped[str] = mapped_column(String(60))
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    seen: Mapped[datetime | None] = mapped_column(UtcTime)
