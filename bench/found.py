"""How well questions find their articles and sections, and how well a score tells what is not covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.measures import auroc

MEASURES = ("R@1", "R@3", "MRR", "section", "AUROC", "p50 ms")


@dataclass(frozen=True, slots=True)
class Found:
    """What a method gave for one question: articles best first (up to ten), the first section, a confidence, and
    the milliseconds it took, encoding left out.
    """

    articles: tuple[str, ...]
    section: str
    confidence: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Expected:
    """What would have been right."""

    articles: frozenset[str]
    sections: frozenset[str]
    answerable: bool


def measure(found: Sequence[Found], expected: Sequence[Expected]) -> dict[str, float]:
    """Over answerable questions: R@1, R@3, MRR of the first ten, and R@1 of the section where one is known; the
    AUROC of the confidence, answerable against not; and the median milliseconds.
    """
    pairs = list(zip(found, expected, strict=True))
    inside = [(one, right) for one, right in pairs if right.answerable]
    placed = [one.section in right.sections for one, right in inside if right.sections]
    yes = [one.confidence for one, _ in inside]
    no = [one.confidence for one, right in pairs if not right.answerable]
    return {
        "R@1": _mean([one.articles[0] in right.articles for one, right in inside]),
        "R@3": _mean([bool(set(one.articles[:3]) & right.articles) for one, right in inside]),
        "MRR": _mean([_reciprocal(one.articles, right.articles) for one, right in inside]),
        "section": _mean(placed),
        "AUROC": auroc(yes, no) if yes and no else float("nan"),
        "p50 ms": float(np.median([one.milliseconds for one in found])),
    }


def _reciprocal(articles: Sequence[str], right: frozenset[str]) -> float:
    return next((1 / place for place, one in enumerate(articles[:10], 1) if one in right), 0.0)


def _mean(hits: Sequence[float]) -> float:
    return float(np.mean(hits)) if hits else float("nan")
