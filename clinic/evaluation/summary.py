"""Counts outcomes into measures and the coverage-precision curve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from .model import CurvePoint, Measure, Outcome, Rate


def _rate(group: str, outcomes: Sequence[Outcome]) -> Rate:
    return Rate(group, sum(outcome.passed for outcome in outcomes), len(outcomes))


def summarise(outcomes: Iterable[Outcome]) -> tuple[Measure, ...]:
    """A measure for each name, in the order first met, with its groups in the order first met."""
    by_measure: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_measure.setdefault(outcome.measure, []).append(outcome)
    return tuple(_measure(name, found) for name, found in by_measure.items())


def _measure(name: str, outcomes: list[Outcome]) -> Measure:
    by_group: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_group.setdefault(outcome.group, []).append(outcome)
    groups = tuple(_rate(group, found) for group, found in by_group.items())
    words = [outcome.words for outcome in outcomes if outcome.words is not None]
    return Measure(name, _rate("all", outcomes), groups, median(words) if words else None)


def coverage_curve(outcomes: Sequence[Outcome]) -> tuple[CurvePoint, ...]:
    """Coverage and precision at each confidence an answer came with, from the surest down.

    Coverage is the share of answerable questions (measure `answers`) that are answered; precision is the
    share of all answers given, to questions of `answers` and `uncovered`, that are right. Empty when no
    answer came with a confidence or there are no answerable questions.
    """
    asked = [o for o in outcomes if o.measure in ("answers", "uncovered")]
    answerable = sum(o.measure == "answers" for o in asked)
    given = [(o.confidence, o) for o in asked if o.confidence is not None]
    if not answerable:
        return ()
    points = []
    for threshold in sorted({confidence for confidence, _ in given}, reverse=True):
        answered = [o for confidence, o in given if confidence >= threshold]
        covered = sum(o.measure == "answers" for o in answered)
        right = sum(o.measure == "answers" and o.passed for o in answered)
        points.append(CurvePoint(threshold, covered / answerable, right / len(answered)))
    return tuple(points)
