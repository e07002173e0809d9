"""Measured utterances by intent: how many are understood, what others are taken for, how sure a guess may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from clinic.teaching.comparison import Labelled

Ranking = Sequence[dict[str, Any]]
SHOWN = 40
STEPS = 5


def told_by_intent(
    labelled: Sequence[Labelled], before: Sequence[Ranking], after: Sequence[Ranking]
) -> dict[str, object]:
    """What a run keeps of a comparison beside its changes, as JSON: `by_intent`, `confused`, `calibration`."""
    return {
        "by_intent": _by_intent(labelled, before, after),
        "confused": _confused(labelled, before, after),
        "calibration": _calibration(labelled, after),
    }


def _by_intent(labelled: Sequence[Labelled], before: Sequence[Ranking], after: Sequence[Ranking]) -> list[Any]:
    """Each intent with how many utterances were measured and how many of them are right, the most changed first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one, old, new in zip(labelled, before, after, strict=True):
        counted = counts[one.intent]
        counted[0] += 1
        counted[1] += _first(old) == one.intent
        counted[2] += _first(new) == one.intent
    rows = [{"intent": name, "total": n, "before": old, "after": new} for name, (n, old, new) in counts.items()]
    return sorted(rows, key=lambda row: (-abs(int(row["after"]) - int(row["before"])), str(row["intent"])))


def _confused(labelled: Sequence[Labelled], before: Sequence[Ranking], after: Sequence[Ranking]) -> list[Any]:
    """Pairs of an intent and what its utterances are taken for instead, the most frequent first."""
    found: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for one, old, new in zip(labelled, before, after, strict=True):
        if _first(new) != one.intent:
            found[one.intent, _first(new)].append({"text": one.text, "before": _first(old)})
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {"intent": intent, "taken": taken, "count": len(texts), "texts": texts[:SHOWN]}
        for (intent, taken), texts in ordered
    ]


def _calibration(labelled: Sequence[Labelled], after: Sequence[Ranking]) -> list[Any]:
    """How often a first guess of some confidence is right: `least` and `most` of each step, `count`, `right`."""
    steps = [[0, 0] for _ in range(STEPS)]
    for one, ranking in zip(labelled, after, strict=True):
        if ranking:
            step = steps[min(STEPS - 1, int(float(ranking[0]["confidence"]) * STEPS))]
            step[0] += 1
            step[1] += _first(ranking) == one.intent
    return [
        {"least": at / STEPS, "most": (at + 1) / STEPS, "count": count, "right": right}
        for at, (count, right) in enumerate(steps)
        if count
    ]


def _first(ranking: Ranking) -> str:
    return str(ranking[0]["name"]) if ranking else ""
