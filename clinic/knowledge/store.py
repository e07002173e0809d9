"""Articles in the database; a rebuildable index of `data/articles/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.db import Sessions
from clinic.knowledge.article_rows_store import articles_of, drop_articles, put_article
from clinic.knowledge.embedding_store import fill_vectors, keep_vectors
from clinic.knowledge.model import Article
from clinic.knowledge.schema_store import ArticleRow, CorpusVersionRow
from clinic.knowledge.search.embedded_texts import Vectors


@dataclass(frozen=True, slots=True)
class Changes:
    """Slugs by what a synchronisation did with them."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


def read_version(sessions: Sessions) -> int:
    """The corpus version; 0 before the first synchronisation."""
    with sessions() as session:
        return session.scalar(select(CorpusVersionRow.number)) or 0


def sync_articles(
    sessions: Sessions,
    articles: Sequence[Article],
    vectors: Vectors,
    keep: Iterable[str] = (),
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Changes:
    """Make the tables hold exactly `articles` (and whatever stands there under the slugs in `keep`).

    Vectors are made first and kept by content, outside any long transaction; the articles then change in one
    short one, and the version grows only if something changed. `tell` hears of vectors done and wanted.
    """
    with sessions() as session:
        rows = session.execute(select(ArticleRow.slug, ArticleRow.digest))
        known: dict[str, str] = {slug: digest for slug, digest in rows}  # noqa: C416
    named = {one.slug: one for one in articles}
    new = tuple(slug for slug in named if slug not in known)
    changed = tuple(slug for slug, one in named.items() if slug in known and known[slug] != one.digest)
    unchanged = tuple(slug for slug in named if slug not in new and slug not in changed)
    removed = tuple(slug for slug in known if slug not in named and slug not in set(keep))
    fill_vectors(sessions, articles, vectors, tell)
    changes = Changes(new, changed, unchanged, removed)
    if changes:
        with sessions.begin() as session:
            drop_articles(session, (*changed, *removed))
            for slug in (*new, *changed):
                put_article(session, named[slug])
            _raise_version(session)
        keep_vectors(sessions, vectors.hash, load_articles(sessions, published_only=False))
    return changes


def load_articles(sessions: Sessions, published_only: bool = True) -> list[Article]:
    """The articles as they were read, by slug; drafts only when asked for."""
    with sessions() as session:
        wanted = select(ArticleRow).order_by(ArticleRow.slug)
        rows = session.scalars(wanted.where(ArticleRow.published) if published_only else wanted).all()
        return articles_of(session, rows)


def _raise_version(session: Session) -> None:
    row = session.get(CorpusVersionRow, 1, with_for_update=True)
    if row is None:
        session.add(CorpusVersionRow(id=1, number=1))
    else:
        row.number += 1
