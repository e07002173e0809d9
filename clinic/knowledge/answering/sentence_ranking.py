"""Every sentence of one article scored against a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from clinic.knowledge.answering.article_ranking import Query
from clinic.knowledge.answering.intent_aspects import fit, without_beyond
from clinic.knowledge.answering.ranked import RankedSentences, SentenceWeights
from clinic.knowledge.search.index import Index

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]
AMOUNT = re.compile(
    r"\d|£|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|dozen|half|once|twice)\b"
)
OPENING = 2  # sections at the top of a page, whatever they are called, that say what it is about
NAMED = 0.3  # what the section adds whose aspect the question names in so many words
UNTAUGHT = 0.45  # an article nobody wrote questions for: this share of the cosine stands in for its head


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else speaks for a sentence: the intents' probabilities and the section talked about before; and against
    it: that it has just been `quoted` (where it starts) to a visitor who asks on. `amount`: a number is asked for.
    """

    intents: Mapping[str, float]
    section: str = ""
    quoted: frozenset[int] = frozenset()
    amount: bool = False


def score_sentences(
    index: Index, article: int, query: Query, evidence: Evidence, weights: SentenceWeights
) -> RankedSentences:
    """Every sentence of the article scored against the question."""
    owners = index.article_of[index.passage_of]
    rows = np.flatnonzero(owners == article)
    cosine = index.sentences[rows] @ query.bare
    asked = _closest_asked(index, rows, query)
    head, silence = _ask_head(index, article, rows, query)
    untaught = head is None
    if head is None:
        head, asked = UNTAUGHT * cosine, np.maximum(asked, cosine)
        evidence = replace(evidence, intents=without_beyond(evidence.intents))
    total = (
        weights.cosine * cosine
        + weights.asked * asked
        + weights.head * head
        + weights.words * _shared_words(index, rows, query)
        + weights.passage * (index.passages[index.passage_of[rows]] @ query.vector)
        + weights.heading * (index.headings[index.passage_of[rows]] @ query.vector)
        + np.array([_prior(index, int(row), evidence, weights) for row in rows])
    )
    if untaught:
        total = total + _section_fit(index, rows, query, weights)
        total = total + np.array([_plain_prior(index, int(row), query, evidence, weights) for row in rows])
    elif len(query.aspects) == 1:
        total = total + NAMED * np.array([_is_named(index, int(row), query) for row in rows])
    order = np.argsort(-total, kind="stable")
    return RankedSentences(
        tuple(int(rows[at]) for at in order),
        tuple(float(total[at]) for at in order),
        float(asked.max()),
        silence,
        _closest_unanswered(index, article, query),
    )


def _ask_head(index: Index, article: int, rows: Rows, query: Query) -> tuple[Scores | None, float]:
    """What the article's head says of each row, and of silence; nothing for an article without one."""
    head = index.heads.get(article)
    if head is None:
        return None, 0.0
    scores = head.score(query.wording)
    every = np.zeros(len(rows), dtype=np.float32)
    every[head.rows] = scores[:-1]
    return every, float(scores[-1])


def _closest_asked(index: Index, rows: Rows, query: Query) -> Scores:
    best = np.zeros(len(rows), dtype=np.float32)
    if len(rows):
        # An article's sentences stand together, and so do their questions: a slice copies nothing.
        begin, end = np.searchsorted(index.asked_of, (rows[0], rows[-1] + 1))
        likeness = index.asked[begin:end, : len(query.bare)] @ query.bare
        np.maximum.at(best, index.asked_of[begin:end] - rows[0], likeness)
    return best


def _closest_unanswered(index: Index, article: int, query: Query) -> float:
    begin, end = np.searchsorted(index.unanswered_of, (article, article + 1))
    return float((index.unanswered[begin:end, : len(query.bare)] @ query.bare).max()) if begin < end else 0.0


def _shared_words(index: Index, rows: Rows, query: Query) -> Scores:
    words = index.sentence_words
    ideal = 1.5 * sum(words.weight(stem) for stem in set(query.stems)) or 1.0
    shared: Scores = np.minimum(words.score(query.stems)[rows] / np.float32(ideal), np.float32(1))
    return shared


def _prior(index: Index, row: int, evidence: Evidence, weights: SentenceWeights) -> float:
    place = index.sentence_places[row]
    section, passage = index.section(place), index.passage(place)
    fits = sum(share * fit(intent, section, passage) for intent, share in evidence.intents.items())
    again = index.sentence_list[row].start in evidence.quoted
    return weights.intent * fits + weights.section * (section.anchor == evidence.section) + weights.again * again


def _section_fit(index: Index, rows: Rows, query: Query, weights: SentenceWeights) -> Scores:
    """How well the section of each sentence fits, by its closest passage and its heading."""
    passages = index.passage_of[rows]
    sections = np.array([index.sentence_places[int(row)].section for row in rows])
    close = index.passages[passages] @ query.vector
    nearest = np.full(int(sections.max(initial=0)) + 1, -1.0, dtype=np.float32)
    np.maximum.at(nearest, sections, close)
    fits: Scores = weights.nearest * nearest[sections] + weights.bare_heading * (
        index.bare_headings[passages] @ query.bare
    )
    return fits


def suits(index: Index, row: int, query: Query) -> bool:
    """Whether a sentence's section is of an aspect that is asked for, or opens the page that is asked about as such."""
    place = index.sentence_places[row]
    return index.section(place).aspect in query.aspects or (query.defines and place.section < OPENING)


def _is_named(index: Index, row: int, query: Query) -> bool:
    """Whether a sentence's section is the one that the question names: "how is this condition diagnosed"."""
    return not query.aspects.isdisjoint(index.section(index.sentence_places[row]).aspects)


def _plain_prior(index: Index, row: int, query: Query, evidence: Evidence, weights: SentenceWeights) -> float:
    fits = suits(index, row, query)
    numbered = evidence.amount and bool(AMOUNT.search(index.sentence_list[row].text.casefold()))
    return weights.aspect * fits + weights.number * numbered
