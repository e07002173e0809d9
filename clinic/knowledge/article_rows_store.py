"""An article as rows of the tables, and back. In the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from clinic.knowledge.embedding_store import CHUNK
from clinic.knowledge.model import Article, Passage, Section, Sentence
from clinic.knowledge.schema_store import ArticleRow, PassageRow, SectionRow, SentenceRow

_LISTS = ("synonyms", "related", "unanswered")
_FIELDS = ("category", "author", "based_on", "url", "updated", "reviewed_by", "next_review", *_LISTS)
Rows = dict[Any, list[Any]]


def drop_articles(session: Session, slugs: Sequence[str]) -> None:
    """Delete the rows of articles."""
    for start in range(0, len(slugs), CHUNK):
        few = slugs[start : start + CHUNK]
        sections = select(SectionRow.id).where(SectionRow.article.in_(few))
        passages = select(PassageRow.id).where(PassageRow.section.in_(sections))
        session.execute(delete(SentenceRow).where(SentenceRow.passage.in_(passages)))
        session.execute(delete(PassageRow).where(PassageRow.section.in_(sections)))
        session.execute(delete(SectionRow).where(SectionRow.article.in_(few)))
        session.execute(delete(ArticleRow).where(ArticleRow.slug.in_(few)))


def put_article(session: Session, article: Article) -> None:
    """Add the rows of an article that has none."""
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


def articles_of(session: Session, rows: Sequence[ArticleRow]) -> list[Article]:
    """The articles that rows hold, in their order."""
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
