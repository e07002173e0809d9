"""Within one article: the section that answers, and its one to three sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from clinic.knowledge.answering.article_ranking import Query
from clinic.knowledge.answering.intent_aspects import fit, without_beyond
from clinic.knowledge.model import Quote, Sentence
from clinic.knowledge.search.index import Index

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]
Read = Callable[[str, Sequence[str]], Sequence[float]]
"""What stands above a section and its sentences, to a score for each: above 0 where it likelier answers than not."""
Piece = tuple[int, int, int]
"""Places of an article, a section and a passage; -1 for all of the section."""
AMOUNT = re.compile(
    r"\d|£|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|dozen|half|once|twice)\b"
)
LEAST_READ = 8.0
LONGEST_QUOTE = 60  # words; one sentence may be longer, three together may not
MOST_SENTENCES = 3
SHORT_SECTION = 120  # words; quoted whole from an article nobody wrote questions for, of a longer one a passage
READ_PIECES = 3
DECIDED = 0.0  # a piece that likelier answers than not by this much: no further one is read
UNTAUGHT = 0.45  # an article nobody wrote questions for: this share of the cosine stands in for its head


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """How much each sign counts when the sentences of one article compete."""

    cosine: float = 0.40
    asked: float = 0.10
    head: float = 1.20
    words: float = 0.12
    passage: float = 0.10
    heading: float = 0.08
    intent: float = 0.20
    section: float = 0.05
    again: float = -0.05
    keep: float = 0.35  # a further sentence needs this share of the best one's score
    aspect: float = 0.20  # only where nobody wrote questions: the section is of an aspect the words ask for
    nearest: float = 0.47  # likewise: the closest passage of the section, its title with it
    bare_heading: float = 0.36  # likewise: the section's heading without the title
    number: float = 0.20  # likewise: a number where one is asked for
    read: float = 0.15  # likewise: what the section reader says


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else speaks for a sentence: the intents' probabilities and the section talked about before; and against
    it: that it has just been `quoted` (where it starts) to a visitor who asks on. `amount`: a number is asked for.
    """

    intents: Mapping[str, float]
    section: str = ""
    quoted: frozenset[int] = frozenset()
    amount: bool = False


@dataclass(frozen=True, slots=True)
class RankedSentences:
    """The sentences of an article, the best first; `rows` are their rows in the index.

    `asked` is the closeness of the closest question asked of any of them, `silence` how much the question is
    like those the article leaves out, `out` the closeness of the closest of these. `read` is what the section reader
    says of the best sentence, `second` of the best one of another section.
    """

    rows: tuple[int, ...]
    scores: tuple[float, ...]
    asked: float
    silence: float
    out: float
    read: float = 0.0
    second: float = 0.0

    @property
    def top(self) -> float:
        """The score of the best sentence."""
        return self.scores[0]


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


def interpolate(parts: Sequence[tuple[RankedSentences, float]]) -> RankedSentences:
    """One choice from several readings of a question, each with its share."""
    totals: dict[int, float] = {}
    for choice, share in parts:
        for row, score in zip(choice.rows, choice.scores, strict=True):
            totals[row] = totals.get(row, 0.0) + share * score
    rows = sorted(totals, key=lambda row: (-totals[row], row))
    asked, silence, out = (
        sum(share * getattr(choice, name) for choice, share in parts) for name in ("asked", "silence", "out")
    )
    return RankedSentences(tuple(rows), tuple(totals[row] for row in rows), asked, silence, out)


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


def _plain_prior(index: Index, row: int, query: Query, evidence: Evidence, weights: SentenceWeights) -> float:
    fits = index.section(index.sentence_places[row]).aspect in query.aspects
    numbered = evidence.amount and bool(AMOUNT.search(index.sentence_list[row].text.casefold()))
    return weights.aspect * fits + weights.number * numbered


def read_sections(index: Index, choice: RankedSentences, read: Read, weights: SentenceWeights) -> RankedSentences:
    """The choice after the reader has read its best pieces: its scores added, the best first again.

    The next piece is read only where none before it likelier answers than not.
    """
    pieces = [piece_of(index, row) for row in choice.rows]
    totals = {row: score - weights.read * LEAST_READ for row, score in zip(choice.rows, choice.scores, strict=True)}
    said: dict[Piece, float] = {}
    for piece in list(dict.fromkeys(pieces))[:READ_PIECES]:
        rows = sorted(row for row, one in zip(choice.rows, pieces, strict=True) if one == piece)
        scores = read(_above(index, rows[0], piece), [index.sentence_list[row].text for row in rows])
        said[piece] = max(scores)
        for row, score in zip(rows, scores, strict=True):
            totals[row] += weights.read * (max(score, -LEAST_READ) + LEAST_READ)
        if said[piece] >= DECIDED:
            break
    ordered = sorted(totals, key=lambda row: (-totals[row], row))
    first = piece_of(index, ordered[0])
    top = said.get(first, -LEAST_READ)
    others = [score for piece, score in said.items() if piece != first]
    scores_in_order = tuple(totals[row] for row in ordered)
    return replace(choice, rows=tuple(ordered), scores=scores_in_order, read=top, second=max(others, default=top))


def piece_of(index: Index, row: int) -> Piece:
    """What is read and quoted together around a sentence: its section where that is short, else its passage."""
    place = index.sentence_places[row]
    short = len(index.section(place).text.split()) <= SHORT_SECTION
    return place.article, place.section, -1 if short else place.passage


def _above(index: Index, row: int, piece: Piece) -> str:
    place = index.sentence_places[row]
    parts = [index.articles[place.article].title, index.section(place).heading]
    return " - ".join(part for part in (*parts, index.passage(place).heading if piece[2] >= 0 else "") if part)


def quote_piece(index: Index, row: int) -> Quote:
    """All of the piece around a sentence."""
    piece, place = piece_of(index, row), index.sentence_places[row]
    section = index.section(place)
    mine = section.sentences if piece[2] < 0 else index.passage(place).sentences
    return Quote(index.articles[place.article], section, _in_order(section.sentences, list(mine)))


def quote(index: Index, choice: RankedSentences, weights: SentenceWeights) -> Quote:
    """One to three sentences of the best sentence's section, in the article's order."""
    first = index.sentence_places[choice.rows[0]]
    section = index.section(first)
    chosen: list[Sentence] = []
    words = 0
    for row, score in zip(choice.rows, choice.scores, strict=True):
        place, sentence = index.sentence_places[row], index.sentence_list[row]
        size = len(sentence.text.split())
        if (place.article, place.section) != (first.article, first.section):
            continue
        if chosen and (score < weights.keep * choice.top or words + size > LONGEST_QUOTE):
            continue
        chosen.append(sentence)
        words += size
        if len(chosen) == MOST_SENTENCES:
            break
    return Quote(index.articles[first.article], section, _in_order(section.sentences, chosen))


def _in_order(every: tuple[Sentence, ...], chosen: list[Sentence]) -> tuple[Sentence, ...]:
    """The chosen in the article's order, each bullet of a long list with the sentence that leads into it."""
    wanted = {one.start for one in chosen}
    wanted |= {every[one.lead].start for one in chosen if one.lead is not None}
    return tuple(one for one in every if one.start in wanted)
