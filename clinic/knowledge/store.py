"""Articles, vectors and content gaps in the database; a rebuildable index of `data/articles/`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from clinic.db import Sessions
from clinic.knowledge.embedding_store import CHUNK, fill_vectors, keep_vectors
from clinic.knowledge.model import Article, Passage, Section, Sentence
from clinic.knowledge.schema_store import (
    ArticleRow,
    CorpusVersionRow,
    PassageRow,
    SectionRow,
    SentenceRow,
)
from clinic.knowledge.search.embedded_texts import Vectors

_LISTS = ("synonyms", "related", "unanswered")
_FIELDS = ("category", "author", "based_on", "url", "updated", "reviewed_by", "next_review", *_LISTS)
Rows = dict[Any, list[Any]]


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
            _drop(session, (*changed, *removed))
            for slug in (*new, *changed):
                _write(session, named[slug])
            _raise_version(session)
        keep_vectors(sessions, vectors.hash, load_articles(sessions, published_only=False))
    return changes


def load_articles(sessions: Sessions, published_only: bool = True) -> list[Article]:
    """The articles as they were read, by slug; drafts only when asked for."""
    with sessions() as session:
        wanted = select(ArticleRow).order_by(ArticleRow.slug)
        rows = session.scalars(wanted.where(ArticleRow.published) if published_only else wanted).all()
        return _build(session, rows)


def _drop(session: Session, slugs: Sequence[str]) -> None:
    for start in range(0, len(slugs), CHUNK):
        few = slugs[start : start + CHUNK]
        sections = select(SectionRow.id).where(SectionRow.article.in_(few))
        passages = select(PassageRow.id).where(PassageRow.section.in_(sections))
        session.execute(delete(SentenceRow).where(SentenceRow.passage.in_(passages)))
        session.execute(delete(PassageRow).where(PassageRow.section.in_(sections)))
        session.execute(delete(SectionRow).where(SectionRow.article.in_(few)))
        session.execute(delete(ArticleRow).where(ArticleRow.slug.in_(few)))


def _write(session: Session, article: Article) -> None:
    also = {section.anchor: section.also for section in article.sections if section.also}
    fields = json.dumps({**{name: getattr(article, name) for name in _FIELDS}, "also": also}, ensure_ascii=False)
    session.add(
        ArticleRow(
            slug=article.slug, title=article.title, published=article.published, digest=article.digest,
            fields=fields,
        )
    )  # fmt: skip
    session.flush()
    for place, section in enumerate(article.sections):
        row = SectionRow(
            article=article.slug, place=place, anchor=section.anchor, heading=section.heading,
            aspect=section.aspect, text=section.text,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for where, passage in enumerate(section.passages):
            _write_passage(session, row.id, where, passage)


def _write_passage(session: Session, section: int, place: int, passage: Passage) -> None:
    row = PassageRow(section=section, place=place, heading=passage.heading, facet=passage.facet)
    session.add(row)
    session.flush()
    session.add_all(
        SentenceRow(
            passage=row.id, place=at, start=one.start, end=one.end, lead=one.lead,
            asked=json.dumps(one.asked, ensure_ascii=False),
        )
        for at, one in enumerate(passage.sentences)
    )  # fmt: skip


def _raise_version(session: Session) -> None:
    row = session.get(CorpusVersionRow, 1, with_for_update=True)
    if row is None:
        session.add(CorpusVersionRow(id=1, number=1))
    else:
        row.number += 1


def _build(session: Session, rows: Sequence[ArticleRow]) -> list[Article]:
    sections = _grouped(session.scalars(select(SectionRow).order_by(SectionRow.place)), "article")
    passages = _grouped(session.scalars(select(PassageRow).order_by(PassageRow.place)), "section")
    sentences = _grouped(session.scalars(select(SentenceRow).order_by(SentenceRow.place)), "passage")
    return [
        Article(
            slug=row.slug, title=row.title, published=row.published, digest=row.digest,
            sections=tuple(_section(one, also, passages, sentences) for one in sections.get(row.slug, ())),
            **fields,
        )
        for row, (fields, also) in ((row, _fields(row)) for row in rows)
    ]  # fmt: skip


def _fields(row: ArticleRow) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The article's fields, and by anchor the further aspects of its sections."""
    fields: dict[str, Any] = json.loads(row.fields)
    also: dict[str, list[str]] = fields.pop("also", {})
    return {name: tuple(value) if name in _LISTS else value for name, value in fields.items()}, also


def _section(row: SectionRow, also: dict[str, list[str]], passages: Rows, sentences: Rows) -> Section:
    parts = tuple(
        Passage(
            one.heading,
            one.facet,
            tuple(
                Sentence(row.text[s.start : s.end], s.start, s.end, tuple(json.loads(s.asked)), s.lead)
                for s in sentences.get(one.id, ())
            ),
        )
        for one in passages.get(row.id, ())
    )
    return Section(row.anchor, row.heading, row.aspect, row.text, parts, tuple(also.get(row.anchor, ())))


def _grouped(rows: Iterable[Any], key: str) -> Rows:
    groups: Rows = {}
    for row in rows:
        groups.setdefault(getattr(row, key), []).append(row)
    return groups
