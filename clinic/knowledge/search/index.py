"""The articles ready to be searched, in memory: vectors in one matrix, words in BM25."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from clinic.knowledge.model import Article, Passage, Section, Sentence
from clinic.knowledge.search.embedded_texts import Matrix, heading_text, mask_title, passage_text
from clinic.knowledge.search.question_matcher import Examples, Heads, fit_matchers
from clinic.knowledge.search.text import Bm25, canonical
from clinic.knowledge.search.title_match import TitleMatcher
from clinic.knowledge.search.vector_search import VectorSearch

Rows = npt.NDArray[np.intp]
Lookup = Callable[[Sequence[str]], Matrix]


class Lookups(Protocol):
    """Where vectors come from: made on the spot (an encoder), or kept."""

    @property
    def encode(self) -> Lookup:
        """Texts' vectors."""

    @property
    def encode_wording(self) -> Lookup:
        """Questions' vectors, twice as wide: meaning, then wording."""


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


def build_index(
    articles: Sequence[Article],
    vectors: Lookups,
    version: int = 0,
    before: Index | None = None,
    *,
    hurried: bool = False,
) -> Index:
    """An index over articles, in the order of their slugs whatever order the database has; `vectors` gives one for
    each text. What `before` learned of the same article is kept; `hurried`, what it learned of an article that was
    edited since is mended in a moment, for `settle` to make exact.
    """
    look_up = vectors.encode
    articles = sorted(articles, key=lambda one: one.slug)
    walked = _walk(articles)
    spots = [(at, place, one) for at, (place, _, passage) in enumerate(walked) for one in passage.sentences]
    bodies = [passage_text(articles[place.article], section, one) for place, section, one in walked]
    words, passages = Bm25(bodies), look_up(bodies)
    taught = _encode_taught(articles, spots, vectors)
    owners = _rows(place.article for _, place, _ in spots)
    return Index(
        **_sentences(articles, spots, vectors),
        version=version,
        articles=tuple(articles),
        places=tuple(place for place, _, _ in walked),
        article_of=_rows(place.article for place, _, _ in walked),
        passages=passages,
        nearness=VectorSearch(passages),
        headings=look_up([heading_text(articles[place.article], section, one) for place, section, one in walked]),
        bare_headings=look_up([mask_title(articles[place.article], section.heading) for place, section, _ in walked]),
        words=words,
        asked=taught.asked,
        asked_of=taught.asked_of,
        unanswered=taught.unanswered,
        unanswered_of=taught.unanswered_of,
        heads=fit_matchers(taught, owners, _known(articles, before), _earlier(articles, before) if hurried else {}),
        titles=TitleMatcher(articles, words.weight),
        text_stems=tuple(map(_text_stems, articles)),
    )


def _encode_taught(
    articles: Sequence[Article], spots: Sequence[tuple[int, Place, Sentence]], vectors: Lookups
) -> Examples:
    """The questions beside the articles, each with its sentence, and those an article leaves open."""
    asked = [
        (mask_title(articles[place.article], text), row)
        for row, (_, place, one) in enumerate(spots)
        for text in one.asked
    ]
    extra = [(mask_title(article, text), at) for at, article in enumerate(articles) for text in article.unanswered]
    asked_rows, extra_rows = (vectors.encode_wording([text for text, _ in kind]) for kind in (asked, extra))
    return Examples(asked_rows, _rows(row for _, row in asked), extra_rows, _rows(at for _, at in extra))


def _sentences(
    articles: Sequence[Article], spots: Sequence[tuple[int, Place, Sentence]], vectors: Lookups
) -> dict[str, Any]:
    """What an Index keeps of every sentence."""
    return {
        "sentences": vectors.encode([mask_title(articles[place.article], one.text) for _, place, one in spots]),
        "sentence_places": tuple(place for _, place, _ in spots),
        "sentence_list": tuple(one for _, _, one in spots),
        "sentence_words": Bm25([" ".join((one.text, *one.asked)) for _, _, one in spots]),
        "passage_of": _rows(at for at, _, _ in spots),
    }


def _known(articles: Sequence[Article], before: Index | None) -> Heads:
    """The heads of articles that are as they were."""
    if before is None:
        return {}
    had = {at: head for at, head in before.heads.items() if head.exact}
    kept = {article.digest: had[at] for at, article in enumerate(before.articles) if at in had}
    return {at: kept[article.digest] for at, article in enumerate(articles) if article.digest in kept}


def _earlier(articles: Sequence[Article], before: Index | None) -> Heads:
    """The heads of the same articles as they were before."""
    if before is None:
        return {}
    had = {article.slug: before.heads[at] for at, article in enumerate(before.articles) if at in before.heads}
    return {at: had[article.slug] for at, article in enumerate(articles) if article.slug in had}


def settle(index: Index) -> Index:
    """The same index with every head exact; the index itself where they are. It may take seconds."""
    if all(head.exact for head in index.heads.values()):
        return index
    examples = Examples(index.asked, index.asked_of, index.unanswered, index.unanswered_of)
    owners = _rows(place.article for place in index.sentence_places)
    exact = {at: head for at, head in index.heads.items() if head.exact}
    return replace(index, heads=fit_matchers(examples, owners, exact))


def _rows(numbers: Iterable[int]) -> Rows:
    return np.fromiter(numbers, dtype=np.intp)


def _walk(articles: Sequence[Article]) -> list[tuple[Place, Section, Passage]]:
    return [
        (Place(a, s, p), section, passage)
        for a, article in enumerate(articles)
        for s, section in enumerate(article.sections)
        for p, passage in enumerate(section.passages)
    ]


def _text_stems(article: Article) -> str:
    parts = [article.title, *article.synonyms]
    for section in article.sections:
        parts += [section.heading, section.text, *(one.heading for one in section.passages)]
    return "|".join(canonical(part) for part in parts)
