"""From a question to the articles, best first: a weighted sum of signs, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clinic.knowledge.articles.markdown import asked_aspects
from clinic.knowledge.search.embedded_texts import WIDTH
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.text import stem_words
from clinic.knowledge.search.title_match import TitleMatcher

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]
NEAR = 1000  # passages that are compared exactly, and by their headings; the rest are too far off to win
NEAR_SHARE = 0.03  # and of very many passages this share
LEADING = 50  # articles among which the second is looked for
CLOSE = 0.15  # an article of the same name may answer instead of the first when it scores this little less


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts: the first five for an article, `aspect` for a section within it, `margin` and
    `named` for the confidence.
    """

    cosine: float = 0.55
    words: float = 0.10
    heading: float = 0.25
    title: float = 0.30
    share: float = 0.10
    aspect: float = 0.10
    margin: float = 0.50
    named: float = 0.50


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for comparison: its vector (unit length), its stems, its vector without the article's
    name, which tells the sentences of that article apart (with how it is worded, twice as wide), the aspects it
    asks for, and whether it asks for nothing but what the article is about ("what is tennis elbow").
    """

    vector: Scores
    stems: tuple[str, ...]
    wording: Scores
    aspects: frozenset[str] = frozenset()
    defines: bool = False

    @property
    def bare(self) -> Scores:
        """The vector of the question without the article's name."""
        return self.wording[:WIDTH]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A score for each article and for each passage, in the order of the index; `named` says how much of a name
    of each article the question holds (0 to 1).
    """

    articles: Scores
    passages: Scores
    named: Scores
    titles: TitleMatcher

    def best(self) -> tuple[int, float, float]:
        """Place and score of the first article, and the score of the first of another name (0: there is none)."""
        order = top_articles(self, LEADING)
        twins = self.titles.twins(order[0])
        second = next((float(self.articles[place]) for place in order[1:] if place not in twins), 0.0)
        return order[0], float(self.articles[order[0]]), second


def make_query(wording: Scores, text: str) -> Query:
    """The question as retrieval compares it, from its vector, with the wording's where it is to be read closely."""
    return Query(wording[:WIDTH], tuple(stem_words(text)), wording, asked_aspects(text))


def rank(index: Index, query: Query, weights: Weights = Weights()) -> Ranking:
    """Score every passage and every article (by its best passage). The index must hold an article."""
    cosine = index.nearness.screen(query.vector)
    passages = np.float32(weights.cosine) * cosine
    lexical = index.words.score(query.stems)
    top = float(lexical.max(initial=0.0))
    if top > 0:
        passages += lexical * np.float32(weights.words / top)
    named, share = index.titles.match(query.stems)
    passages += (np.float32(weights.title) * named + np.float32(weights.share) * share)[index.article_of]
    near = _nearest(passages, max(NEAR, int(NEAR_SHARE * len(passages))))
    passages[near] += np.float32(weights.heading) * (index.headings[near] @ query.vector)
    passages[near] += np.float32(weights.cosine) * index.nearness.correct(query.vector, near, cosine)
    articles = np.full(len(index.articles), -1.0, dtype=np.float32)
    np.maximum.at(articles, index.article_of, passages)
    return Ranking(articles, passages, named, index.titles)


def _nearest(scores: Scores, count: int) -> Rows:
    return np.arange(len(scores)) if len(scores) <= count else np.argpartition(scores, -count)[-count:]


def top_articles(ranking: Ranking, count: int) -> Sequence[int]:
    """Places of the best articles; equal scores keep the order of the index."""
    scores = ranking.articles
    few = np.arange(len(scores))
    if len(scores) > 4 * count:
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        few = np.flatnonzero(scores >= least)
    return [int(few[at]) for at in np.argsort(-scores[few], kind="stable")[:count]]


def top_passages(ranking: Ranking, count: int) -> Sequence[int]:
    """Rows of the best passages, the best first."""
    rows = _nearest(ranking.passages, count)
    return [int(row) for row in rows[np.argsort(-ranking.passages[rows], kind="stable")]]


def confidence(ranking: Ranking, weights: Weights = Weights()) -> float:
    """How likely the first article is to be about the question: higher is likelier, on no fixed scale.

    Its score, its lead over the first article of another name, and how much of its name the question holds.
    """
    first, top, second = ranking.best()
    return top + weights.margin * (top - second) + weights.named * float(ranking.named[first])


def best_passage(index: Index, query: Query, ranking: Ranking, weights: Weights = Weights()) -> int:
    """The row of the passage whose section answers best, in the first article or a twin that scores as well.

    A section of an aspect the question asks for goes before others; where it asks for none, an overview does.
    """
    first, top, _ = ranking.best()
    near = [place for place in ranking.titles.twins(first) if ranking.articles[place] >= top - CLOSE]
    rows = np.flatnonzero(np.isin(index.article_of, near))
    wanted = query.aspects or {"overview"}
    fits = [bool(set(index.section(index.places[row]).aspects) & set(wanted)) for row in rows]
    return int(rows[np.argmax(ranking.passages[rows] + np.float32(weights.aspect) * np.array(fits))])
