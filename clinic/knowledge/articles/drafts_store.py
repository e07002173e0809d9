"""Articles on their way to `data/articles/`, and every version that was there: for going back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article that somebody works on: `state` is `draft` or `review`; `base` is the hash of the file it was made
    from, empty for a new one; `note` says what an import took and lost.
    """

    slug: str
    text: str
    base: str
    state: str
    who: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """A text that stood in the file: put there by whom, read by whom before, and why."""

    number: int
    slug: str
    text: str
    who: str
    reviewer: str
    at: datetime
    why: str


class ArticleDraftRow(Base):
    """One draft of an article."""

    __tablename__ = "article_draft"
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    base: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcTime)
    note: Mapped[str] = mapped_column(Text)


class ArticleVersionRow(Base):
    """One version of an article."""

    __tablename__ = "article_version"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    slug: Mapped[str] = mapped_column(String(80), index=True)
    text: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(60))
    reviewer: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcTime)
    why: Mapped[str] = mapped_column(String(40))


class ArticleDrafts:
    """Keeps drafts and versions."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self) -> dict[str, ArticleDraft]:
        """Every draft by its slug."""
        with self._sessions() as session:
            return {row.slug: _draft(row) for row in session.scalars(select(ArticleDraftRow))}

    def find(self, slug: str) -> ArticleDraft | None:
        """The draft of an article."""
        with self._sessions() as session:
            row = session.get(ArticleDraftRow, slug)
            return _draft(row) if row else None

    def keep(self, draft: ArticleDraft) -> None:
        """Keep a draft in the place of the one before."""
        names = ("slug", "text", "base", "state", "who", "at", "note")
        with self._sessions.begin() as session:
            session.merge(ArticleDraftRow(**{name: getattr(draft, name) for name in names}))

    def discard(self, slug: str) -> None:
        """Forget a draft."""
        with self._sessions.begin() as session:
            if row := session.get(ArticleDraftRow, slug):
                session.delete(row)

    def add_version(self, slug: str, text: str, people: tuple[str, str], why: str) -> None:
        """Remember a text that stands in the file now; `people` are who wrote and who read it."""
        with self._sessions.begin() as session:
            now = datetime.now(UTC)
            session.add(ArticleVersionRow(slug=slug, text=text, who=people[0], reviewer=people[1], at=now, why=why))

    def versions(self, slug: str) -> list[ArticleVersion]:
        """Every version, the newest first."""
        asked = select(ArticleVersionRow).where(ArticleVersionRow.slug == slug)
        with self._sessions() as session:
            rows = session.scalars(asked.order_by(ArticleVersionRow.number.desc()))
            return [ArticleVersion(r.number, r.slug, r.text, r.who, r.reviewer, r.at, r.why) for r in rows]


def _draft(row: ArticleDraftRow) -> ArticleDraft:
    return ArticleDraft(row.slug, row.text, row.base, row.state, row.who, row.at, row.note)
