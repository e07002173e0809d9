"""From a question to the articles, best first: the weighted sum of the retrieval study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clinic.knowledge.index import Index
from clinic.knowledge.words import stem_words

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; the defaults are the study's, chosen before its second half was scored."""

    cosine: float = 0.55
    words: float = 0.20
    heading: float = 0.15
    title: float = 0.10
    share: float = 0.10


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for comparison: its vector (unit length), its stems, and its vector without the
    article's name, which tells the sentences of that article apart; the last with how it is worded, twice as wide.
    """

    vector: Scores
    stems: tuple[str, ...]
    wording: Scores

    @property
    def bare(self) -> Scores:
        """The vector of the question without the article's name."""
        return self.wording[: len(self.vector)]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A score for each article and for each passage, in the order of the index."""

    articles: Scores
    passages: Scores

    def best(self) -> tuple[int, float, float]:
        """Place and score of the first article, and the score of the second (0 when there is none)."""
        order = np.argsort(-self.articles, kind="stable")
        second = float(self.articles[order[1]]) if len(order) > 1 else 0.0
        return int(order[0]), float(self.articles[order[0]]), second


def make_query(wording: Scores, text: str) -> Query:
    """The question as retrieval compares it, from its vector with the wording's."""
    return Query(wording[: len(wording) // 2], tuple(stem_words(text)), wording)


def rank(index: Index, query: Query, weights: Weights = Weights()) -> Ranking:
    """Score every passage and every article (by its best passage). The index must hold an article."""
    cosine = index.passages @ query.vector
    lexical = index.words.score(query.stems)
    top = float(lexical.max(initial=0.0))
    passages = weights.cosine * cosine + weights.heading * (index.headings @ query.vector)
    if top > 0:
        passages = passages + weights.words * lexical / top
    title, share = _names(index, query)
    passages = passages + (weights.title * title + weights.share * share)[index.article_of]
    articles = np.full(len(index.articles), -1.0, dtype=np.float32)
    np.maximum.at(articles, index.article_of, passages)
    return Ranking(articles, passages.astype(np.float32))


def _names(index: Index, query: Query) -> tuple[Scores, Scores]:
    """For each article: the idf-weighted share of its best name found in the question, squared; and the share
    of the question that its names explain.
    """
    asked = set(query.stems)
    weight = index.words.weight
    total = sum(weight(stem) for stem in asked) or 1.0
    title = np.zeros(len(index.articles), dtype=np.float32)
    share = np.zeros(len(index.articles), dtype=np.float32)
    for place, names in enumerate(index.title_stems):
        for stems in names:
            found = stems & asked
            if found:
                mass = sum(map(weight, found))
                title[place] = max(title[place], (mass / sum(map(weight, stems))) ** 2)
                share[place] = max(share[place], mass / total)
    return title, share


def top_articles(ranking: Ranking, count: int) -> Sequence[int]:
    """Places of the best articles; equal scores keep the order of the index."""
    return [int(place) for place in np.argsort(-ranking.articles, kind="stable")[:count]]
