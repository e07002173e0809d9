"""Whether a message that was taken for small talk is a question after all."""

from __future__ import annotations

from collections.abc import Iterable

from clinic.knowledge.model import Answer, Verdict

KNOWN = 0.8  # how well the articles must know the question
BETTER = 0.45  # and by how much better than the small talk was guessed


def prefers_answer(guessed: float, answers: Iterable[Answer]) -> bool:
    """Whether the articles answer it much more surely than `guessed`, the share of the first guess."""
    best = max((one.confidence for one in answers if one.verdict is Verdict.FOUND), default=0.0)
    return best >= KNOWN and best - guessed >= BETTER
