"""The tables of what visitors said, and of what they thought of the replies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, UtcTime
from clinic.engine.prediction import ReplyJson


class ConversationRow(Base):
    """One conversation; its token is kept only as a hash."""

    __tablename__ = "conversation"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started: Mapped[datetime] = mapped_column(UtcTime, index=True)
    expires: Mapped[datetime] = mapped_column(UtcTime)
    page: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    opening: Mapped[list[ReplyJson]] = mapped_column(JSON, default=list)


class MessageRow(Base):
    """One message and its replies; unique by the widget's id of it."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(10))
    lease: Mapped[datetime] = mapped_column(UtcTime)
    replies: Mapped[list[ReplyJson]] = mapped_column(JSON, default=list)
    answered: Mapped[datetime | None] = mapped_column(UtcTime)


class FeedbackRow(Base):
    """What a visitor thought of one reply; the newest word counts."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_conversation_id", "conversation_id"),)
    reply_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    helpful: Mapped[bool] = mapped_column(Boolean)
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcTime)
