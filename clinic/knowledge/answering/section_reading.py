"""The section reader at work: the best pieces of a page read one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from clinic.knowledge.answering.quoting import Piece, piece_of
from clinic.knowledge.answering.ranked import RankedSentences, SentenceWeights
from clinic.knowledge.search.index import Index

Read = Callable[[str, Sequence[str]], Sequence[float]]
"""What stands above a section and its sentences, to a score for each: above 0 where it likelier answers than not."""
LEAST_READ = 8.0
READ_PIECES = 3
DECIDED = 0.0  # a piece that likelier answers than not by this much: no further one is read


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


def _above(index: Index, row: int, piece: Piece) -> str:
    place = index.sentence_places[row]
    parts = [index.articles[place.article].title, index.section(place).heading]
    return " - ".join(part for part in (*parts, index.passage(place).heading if piece[2] >= 0 else "") if part)
