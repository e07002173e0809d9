"""Answering from an article that nobody wrote questions for: by signs that hold for any article."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from clinic.knowledge.answering.quoting import quote_piece
from clinic.knowledge.answering.sentence_ranking import suits
from clinic.knowledge.answering.untaught_signs import Found, is_foreign, signs_of
from clinic.knowledge.answers import Answer, Verdict

ON_TOPIC = 1.4  # what stands for the standing of the only article, or of the one the conversation is about
STANDING = 1.2  # from here on the question itself tells its article from the others
UNSURE = 0.1


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic regression over SIGNS: how likely a quote answers. Learned from other articles than those at hand."""

    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    bias: float
    threshold: float

    @classmethod
    def load(cls, path: Path, name: str) -> Gate | None:
        """The gate called `name` in a file; None where there is none."""
        kept = json.loads(path.read_text("utf-8")).get(name) if path.exists() else None
        if not kept:
            return None
        mean, scale, weights = (np.array(kept[part]) for part in ("mean", "scale", "weights"))
        return cls(mean, scale, weights, float(kept["bias"]), float(kept["threshold"]))

    def probability(self, signs: npt.NDArray[np.float64]) -> float:
        """Between 0 and 1."""
        total = float(self.weights @ ((signs - self.mean) / self.scale)) + self.bias
        return float(1 / (1 + np.exp(-total)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What reads articles without questions: a section reader (of a question, what stands above, sentences), a gate,
    and one that says whether it is the right article (over PAGE_SIGNS) where the question names none.
    """

    read: Callable[[str, str, Sequence[str]], Sequence[float]] | None = None
    gate: Gate | None = None
    page_gate: Gate | None = None


def judge_untaught(question: str, found: Found, lacking: bool, gate: Gate | None) -> Answer:
    """The answer from an article that nobody wrote questions for: its short section or a passage whole, or silence."""
    foreign = is_foreign(found)
    sure = gate.probability(signs_of(found)) if gate else float(found.standing >= STANDING)
    if found.query.defines and suits(found.index, found.choice.rows[0], found.query):
        sure = 1.0  # "what is tennis elbow": the top of the page of that name says so, however it puts it
    verdict = Verdict.NOTHING
    if not foreign and not lacking and sure >= (gate.threshold if gate else 0.5):
        verdict = Verdict.FOUND
    elif not foreign and sure >= UNSURE:
        verdict = Verdict.UNSURE
    reason = "other_condition" if foreign else "no_amount" if lacking else "weak"
    return Answer(
        question=question,
        verdict=verdict,
        quote=quote_piece(found.index, found.choice.rows[0]) if verdict is Verdict.FOUND else None,
        nearest=found.index.articles[found.article],
        reason="" if verdict is Verdict.FOUND else reason,
        score=found.choice.top,
        confidence=sure,
    )
