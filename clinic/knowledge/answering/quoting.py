"""What is quoted around the best sentence: one to three sentences of its section, or a piece whole."""

from __future__ import annotations

from clinic.knowledge.answering.ranked import RankedSentences, SentenceWeights
from clinic.knowledge.answers import Quote
from clinic.knowledge.model import Sentence
from clinic.knowledge.search.index import Index

Piece = tuple[int, int, int]
"""Places of an article, a section and a passage; -1 for all of the section."""
LONGEST_QUOTE = 60  # words; one sentence may be longer, three together may not
MOST_SENTENCES = 3
SHORT_SECTION = 120  # words; quoted whole from an article nobody wrote questions for, of a longer one a passage


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


def quote_piece(index: Index, row: int) -> Quote:
    """All of the piece around a sentence."""
    piece, place = piece_of(index, row), index.sentence_places[row]
    section = index.section(place)
    mine = section.sentences if piece[2] < 0 else index.passage(place).sentences
    return Quote(index.articles[place.article], section, _in_order(section.sentences, list(mine)))


def piece_of(index: Index, row: int) -> Piece:
    """What is read and quoted together around a sentence: its section where that is short, else its passage."""
    place = index.sentence_places[row]
    short = len(index.section(place).text.split()) <= SHORT_SECTION
    return place.article, place.section, -1 if short else place.passage


def _in_order(every: tuple[Sentence, ...], chosen: list[Sentence]) -> tuple[Sentence, ...]:
    """The chosen in the article's order, each bullet of a long list with the sentence that leads into it."""
    wanted = {one.start for one in chosen}
    wanted |= {every[one.lead].start for one in chosen if one.lead is not None}
    return tuple(one for one in every if one.start in wanted)
