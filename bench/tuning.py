"""Weights chosen on one half of the questions, step by step, each step by what it is for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bench.finding import Finder, Prepared
from bench.found import Expected, measure
from clinic.knowledge.answering.article_ranking import Weights

Sets = Sequence[tuple[Sequence[Prepared], Sequence[Expected]]]


def tune(finder: Finder, sets: Sets) -> Weights:
    """The best weights of a grid over all sets together; of equal ones the first tried, the shipped ones leading.

    First those that order articles (R@1 and R@3), then the section's (section R@1), then the confidence's (AUROC).
    """
    shipped = Weights()
    ordered = [
        replace(shipped, title=title, words=words, heading=heading)
        for title, words, heading in _grid((0.3, 0.1, 0.2), (0.1, 0.2), (0.25, 0.15))
    ]
    best = _best(finder, sets, [shipped, *ordered], ("R@1", "R@3"))
    best = _best(finder, sets, [best, *(replace(best, aspect=one) for one in (0.05, 0.1, 0.2))], ("section",))
    sure = [replace(best, margin=margin, named=named) for margin, named in _grid((0.5, 1.0, 2.0), (0.0, 0.3, 0.5))]
    return _best(finder, sets, [best, *sure], ("AUROC",))


def _grid(*values: Iterable[float]) -> list[tuple[float, ...]]:
    return list(itertools.product(*values))


def _best(finder: Finder, sets: Sets, tried: Sequence[Weights], names: Sequence[str]) -> Weights:
    def worth(weights: Weights) -> float:
        total = 0.0
        for prepared, expected in sets:
            measured = measure([finder.ask(one, weights) for one in prepared], expected)
            total += sum(measured[name] for name in names)
        return total

    return max(tried, key=worth)
