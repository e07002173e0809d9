"""From articles to their index, and from one index to the next: what an earlier one learned is kept or mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from clinic.knowledge.model import Article, Passage, Section, Sentence
from clinic.knowledge.search.embedded_texts import Matrix, TitleMask, heading_text, passage_text
from clinic.knowledge.search.index import Index, Place, Rows
from clinic.knowledge.search.kept_heads import earlier_heads, unchanged_heads
from clinic.knowledge.search.question_matcher import Examples, fit_matchers
from clinic.knowledge.search.text import Bm25, canonical
from clinic.knowledge.search.title_match import TitleMatcher
from clinic.knowledge.search.vector_search import VectorSearch

Lookup = Callable[[Sequence[str]], Matrix]


class Lookups(Protocol):
    """Where vectors come from: made on the spot (an encoder), or kept."""

    @property
    def encode(self) -> Lookup:
        """Texts' vectors."""

    @property
    def encode_wording(self) -> Lookup:
        """Questions' vectors, twice as wide: meaning, then wording."""


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
    words, passages, masks = Bm25(bodies), look_up(bodies), [TitleMask(one) for one in articles]
    taught = _encode_taught(articles, spots, vectors, masks)
    owners = _rows(place.article for _, place, _ in spots)
    earlier = earlier_heads(articles, before) if hurried else {}
    return Index(
        **_sentences(spots, vectors, masks),
        version=version,
        articles=tuple(articles),
        places=tuple(place for place, _, _ in walked),
        article_of=_rows(place.article for place, _, _ in walked),
        passages=passages,
        nearness=VectorSearch(passages),
        headings=look_up([heading_text(articles[place.article], section, one) for place, section, one in walked]),
        bare_headings=look_up([masks[place.article](section.heading) for place, section, _ in walked]),
        words=words,
        asked=taught.asked,
        asked_of=taught.asked_of,
        unanswered=taught.unanswered,
        unanswered_of=taught.unanswered_of,
        heads=fit_matchers(taught, owners, unchanged_heads(articles, before), earlier),
        titles=TitleMatcher(articles, words.weight),
        text_stems=tuple(map(_text_stems, articles)),
    )


def settle(index: Index) -> Index:
    """The same index with every head exact; the index itself where they are. It may take seconds."""
    if all(head.exact for head in index.heads.values()):
        return index
    examples = Examples(index.asked, index.asked_of, index.unanswered, index.unanswered_of)
    owners = _rows(place.article for place in index.sentence_places)
    exact = {at: head for at, head in index.heads.items() if head.exact}
    return replace(index, heads=fit_matchers(examples, owners, exact))


def _encode_taught(
    articles: Sequence[Article],
    spots: Sequence[tuple[int, Place, Sentence]],
    vectors: Lookups,
    masks: Sequence[TitleMask],
) -> Examples:
    """The questions beside the articles, each with its sentence, and those an article leaves open."""
    asked = [(masks[place.article](text), row) for row, (_, place, one) in enumerate(spots) for text in one.asked]
    extra = [(masks[at](text), at) for at, article in enumerate(articles) for text in article.unanswered]
    asked_rows, extra_rows = (vectors.encode_wording([text for text, _ in kind]) for kind in (asked, extra))
    return Examples(asked_rows, _rows(row for _, row in asked), extra_rows, _rows(at for _, at in extra))


def _sentences(
    spots: Sequence[tuple[int, Place, Sentence]], vectors: Lookups, masks: Sequence[TitleMask]
) -> dict[str, Any]:
    """What an Index keeps of every sentence."""
    return {
        "sentences": vectors.encode([masks[place.article](one.text) for _, place, one in spots]),
        "sentence_places": tuple(place for _, place, _ in spots),
        "sentence_list": tuple(one for _, _, one in spots),
        "sentence_words": Bm25([" ".join((one.text, *one.asked)) for _, _, one in spots]),
        "passage_of": _rows(at for at, _, _ in spots),
    }


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
