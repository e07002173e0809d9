"""How well questions find their articles and sections, and how well a score tells what is not covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Found:
    """What a method gave for one question: articles best first, the first section, a confidence, milliseconds."""

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
    """R@1, R@3 and section R@1 over answerable questions, AUROC of the confidence, p50 in milliseconds."""
    pairs = [(one, right) for one, right in zip(found, expected, strict=True) if right.answerable]
    placed = [(one, right) for one, right in pairs if right.sections]
    yes = np.array([one.confidence for one, right in pairs])
    no = np.array([one.confidence for one, right in zip(found, expected, strict=True) if not right.answerable])
    return {
        "R@1": _share([one.articles[0] in right.articles for one, right in pairs]),
        "R@3": _share([bool(set(one.articles[:3]) & right.articles) for one, right in pairs]),
        "section": _share([one.section in right.sections for one, right in placed]),
        "AUROC": _auroc(yes, no),
        "p50 ms": float(np.median([one.milliseconds for one in found])),
    }


def _share(hits: Sequence[bool]) -> float:
    return float(np.mean(hits)) if hits else float("nan")


def _auroc(yes: np.ndarray, no: np.ndarray) -> float:
    if not len(yes) or not len(no):
        return float("nan")
    above, level = yes[:, None] > no[None], yes[:, None] == no[None]
    return float((above + 0.5 * level).mean())
