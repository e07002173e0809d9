"""The tables of the knowledge base."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, UtcTime


class ArticleRow(Base):
    """One article file as it was read last."""

    __tablename__ = "article"
    slug: Mapped[str] = mapped_column(String(200), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    published: Mapped[bool]
    digest: Mapped[str] = mapped_column(String(64))
    fields: Mapped[str] = mapped_column(Text)


class SectionRow(Base):
    """What stands under one heading of an article."""

    __tablename__ = "section"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    article: Mapped[str] = mapped_column(ForeignKey("article.slug", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    anchor: Mapped[str] = mapped_column(String(200))
    heading: Mapped[str] = mapped_column(Text)
    aspect: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)


class PassageRow(Base):
    """About a hundred words of a section."""

    __tablename__ = "passage"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    section: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    heading: Mapped[str] = mapped_column(Text)
    facet: Mapped[str] = mapped_column(String(40))


class SentenceRow(Base):
    """A sentence by its place in the text of its section."""

    __tablename__ = "sentence"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    passage: Mapped[int] = mapped_column(ForeignKey("passage.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    lead: Mapped[int | None]
    asked: Mapped[str] = mapped_column(Text)


class VectorRow(Base):
    """A sentence vector (float32, little endian) by the hash of its text and of the encoder."""

    __tablename__ = "vector"
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    encoder: Mapped[str] = mapped_column(String(64), primary_key=True)
    values: Mapped[bytes] = mapped_column(LargeBinary)


class CorpusVersionRow(Base):
    """One row: a number that grows with every change of the articles."""

    __tablename__ = "corpus_version"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int]


class ContentGapRow(Base):
    """A question the articles did not answer."""

    __tablename__ = "content_gap"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    question: Mapped[str] = mapped_column(Text)
    nearest: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
