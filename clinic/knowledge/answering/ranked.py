"""The sentences of one article in order, and how much each sign counts in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
