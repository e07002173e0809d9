"""The articles ready to be searched, in memory: vectors in one matrix, words in BM25."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clinic.knowledge.model import Article, Passage, Section, Sentence
from clinic.knowledge.search.embedded_texts import Matrix
from clinic.knowledge.search.question_matcher import Heads
from clinic.knowledge.search.text import Bm25
from clinic.knowledge.search.title_match import TitleMatcher
from clinic.knowledge.search.vector_search import VectorSearch

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage or a sentence stands: places of its article, section and passage."""

    article: int
    section: int
    passage: int


@dataclass(frozen=True, slots=True)
class Index:
    """Everything retrieval reads. Rows of `passages` belong to `places`, of `sentences` to `sentence_places`.

    `nearness` compares a question with `passages`. `headings` has a row for each passage, `bare_headings`
    one of its section's heading without the article's name; `asked` and `asked_of` (a
    sentence's row for each question asked of it) lie side by side; `unanswered` and `unanswered_of` (an article's
    row) too, all with the wording's vectors. `heads` were fitted to them. `passage_of` gives each sentence its
    passage. `titles` knows the names of each article; `text_stems` holds the stems of all its text in a row, between
    spaces.
    """

    version: int
    articles: tuple[Article, ...]
    places: tuple[Place, ...]
    article_of: Rows
    passages: Matrix
    nearness: VectorSearch
    headings: Matrix
    bare_headings: Matrix
    words: Bm25
    sentences: Matrix
    sentence_places: tuple[Place, ...]
    sentence_list: tuple[Sentence, ...]
    sentence_words: Bm25
    asked: Matrix
    asked_of: Rows
    unanswered: Matrix
    unanswered_of: Rows
    heads: Heads
    passage_of: Rows
    titles: TitleMatcher
    text_stems: tuple[str, ...]

    def section(self, place: Place) -> Section:
        """The section at a place."""
        return self.articles[place.article].sections[place.section]

    def passage(self, place: Place) -> Passage:
        """The passage at a place."""
        return self.section(place).passages[place.passage]

    def find(self, slug: str) -> int | None:
        """The place of the article with this slug."""
        return next((place for place, one in enumerate(self.articles) if one.slug == slug), None)

    def holders(self, stem: str) -> frozenset[int]:
        """The places of the articles that hold a stem in a passage or in what stands above it."""
        return frozenset(self.article_of[self.words.holders(stem)].tolist())
