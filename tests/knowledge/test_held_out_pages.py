"""A few questions on each held-out page, by the code that answers visitors: floors far below what is measured, so that
only a real break fails. `bin/clinic evaluate-articles` measures all of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.db import Sessions
from clinic.evaluation.article_sets import ArticleSets, PageQuestion, load_article_sets, pages_in
from clinic.evaluation.articles import ArticleReport, ArticleRun
from clinic.knowledge.importer.importer import import_articles, read_path
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.knowledge.synchronisation import sync_folder
from language.encoder import Encoder
from tests.knowledge.conftest import ROOT

HELD_OUT = ROOT / "tests/evaluation/reading"
COVERED, UNCOVERED, MORE = 8, 3, 12


def few_of(sets: ArticleSets) -> ArticleSets:
    """The first questions of each page, and the first conversations and messages of all."""
    groups: dict[tuple[str, bool], list[PageQuestion]] = defaultdict(list)
    for one in sets.questions:
        groups[one.page, bool(one.kind)].append(one)
    kept = [one for (_, open_), several in groups.items() for one in several[: UNCOVERED if open_ else COVERED]]
    return replace(sets, questions=tuple(kept), conversations=sets.conversations[:MORE], messages=sets.messages[:MORE])


def share_of(report: ArticleReport, measure: str) -> float:
    """Of the lines of a measure, those that passed."""
    passed = [one.passed for one in report.outcomes if one.measure == measure]
    return sum(passed) / len(passed)


@pytest.fixture
def report(sessions: Sessions, tmp_path: Path, encoder: Encoder, words: QueryLexicon) -> ArticleReport:
    """What came of them, each asked with its page open and without the engine's guesses."""
    folder = tmp_path / "articles"
    folder.mkdir()
    slugs: dict[str, str] = {}
    for page in pages_in(HELD_OUT):
        slugs |= {one.name: one.slug for one in import_articles(read_path(page), folder, publish=True)}
    sync_folder(sessions, folder, encoder)
    reading = load_reading(ROOT / "models/reader", ROOT / "models/encoder/tokenizer.json")
    library = KnowledgeBase(sessions, encoder, words, reading=reading)
    return ArticleRun(library, lambda text: ((), ()), slugs, on_page=True).ask_all(few_of(load_article_sets(HELD_OUT)))


def test_questions_on_pages_nothing_was_taught_about_are_answered(report: ArticleReport) -> None:
    assert share_of(report, "answered right, by style") > 0.35
    assert share_of(report, "uncovered left alone") > 0.75
    assert share_of(report, "no other page quoted") > 0.9
    assert share_of(report, "later turns") > 0.35
    assert share_of(report, "two questions, both") > 0.2
