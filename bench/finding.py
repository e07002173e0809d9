"""Our retrieval over a set's articles, as the product does it: spelling, lay words, vectors, ranking, section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from bench.corpus import Kept, LookedUp
from bench.found import Found
from clinic.knowledge.answering.article_ranking import (
    Query,
    Weights,
    best_passage,
    confidence,
    make_query,
    rank,
    top_articles,
)
from clinic.knowledge.live_reader import words_of
from clinic.knowledge.model import Article
from clinic.knowledge.search.embedded_texts import Matrix, Vectors, heading_text, passage_text
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.indexing import build_index
from language.lay_words import LayWords
from language.spelling import Speller
from language.text import normalise

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question ready to be asked, and the milliseconds that making it ready took, encoding left out."""

    query: Query
    milliseconds: float


class Finder:
    """An index with what reads questions for it."""

    def __init__(self, articles: Sequence[Article], kept: Kept) -> None:
        self.index = make_index(articles, kept)
        self._lay = LayWords.load(ROOT / "data" / "lay_words.yml")
        self._speller = Speller([*words_of(self.index.articles), *sorted(self._lay.clinical_words)])

    def read(self, text: str) -> str:
        """The question with its spelling put right."""
        return self._speller.correct(normalise(text)).text

    def prepare(self, text: str, vectors: Vectors | Kept, spelling: bool = True) -> Prepared:
        """The question as the product compares it; without `spelling` as it was typed."""
        start = perf_counter()
        text = self.read(text) if spelling else normalise(text)
        expanded = self._lay.expand(text)
        before = perf_counter() - start
        vector = vectors.encode([text])[0]
        start = perf_counter()
        query = make_query(vector, expanded)
        return Prepared(query, (before + perf_counter() - start) * 1000)

    def ask(self, prepared: Prepared, weights: Weights) -> Found:
        """Articles, the section within the first, and the confidence."""
        start = perf_counter()
        ranking = rank(self.index, prepared.query, weights)
        order = top_articles(ranking, 10)
        sure = confidence(ranking, weights)
        place = self.index.places[best_passage(self.index, prepared.query, ranking, weights)]
        spent = (perf_counter() - start) * 1000 + prepared.milliseconds
        slugs = list(dict.fromkeys(self.index.articles[at].slug for at in (place.article, *order)))
        return Found(tuple(slugs[:10]), self.index.section(place).anchor, sure, spent)


def make_index(articles: Sequence[Article], kept: Kept) -> Index:
    """Our index; vectors of single sentences, which finding articles does not read, are left at zero."""
    walked = [(a, s, p) for a in articles for s in a.sections for p in s.passages]
    needed = {text for one in walked for text in (heading_text(*one), passage_text(*one))}
    kept.encode(sorted(needed))
    zero = np.zeros(384, dtype=np.float32)

    def look_up(texts: Sequence[str]) -> Matrix:
        if all(text in needed for text in texts):
            return kept.encode(list(texts))
        return np.broadcast_to(zero, (len(texts), 384))

    return build_index(articles, LookedUp(look_up))
