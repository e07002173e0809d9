"""Cross-validation: every utterance that is taught is guessed by a head that did not learn it or a near copy of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from clinic.teaching.learning_desk import Learner, LearningDesk
from clinic.teaching.run_thread import Refused, Result, Tell, run_aside
from clinic.teaching.runs_store import Run, Runs

VALIDATE = "validate"
"""The kind of such a run."""
FEWEST, MOST = 2, 10
SHOWN = 40
_SECONDS_EACH = 0.001
"""What learning takes for an utterance, about, on one core."""
Guessed = tuple[str, str, str]
"""A text, its intent, and what it is taken for."""


class CrossValidation:
    """Begins runs that learn once for each fold. Between two folds the learner is anybody's, and nothing is written."""

    def __init__(self, desk: LearningDesk, runs: Runs) -> None:
        self._desk, self._runs = desk, runs

    def start(self, who: str, folds: int) -> Run | None:
        """Begin a run and return at once; None while another one runs. Raises Refused for a number that is none."""
        if not FEWEST <= folds <= MOST:
            raise Refused(f"Utterances are shared out over {FEWEST} to {MOST} folds.")
        run = self._runs.begin(VALIDATE, who, f"{folds} folds")
        if run is not None:
            run_aside(self._runs, run.number, lambda tell, result: self._work(folds, tell, result))
        return run

    def _work(self, folds: int, tell: Tell, result: Result) -> tuple[str, str]:
        tell("reading what is taught")
        with self._desk.learner() as learner:
            learner.warm()
            result.update(learner.split(folds))
        tell(_shared_out(result, folds))
        guessed: list[Guessed] = []
        for at in range(folds):
            with self._desk.learner() as learner:
                guessed += learner.fold(at)
            tell(f"fold {at + 1} of {folds}: {_right(guessed)} of {len(guessed)} understood so far")
        result.update(told_of(guessed), folds=folds)
        return "done", ""


def validate(learner: Learner, folds: int, tell: Tell) -> dict[str, Any]:
    """The same at once, for whoever has a learner of their own; what `told_of` gives."""
    tell("reading what is taught")
    tell(_shared_out(learner.split(folds), folds))
    guessed: list[Guessed] = []
    for at in range(folds):
        guessed += learner.fold(at)
        tell(f"fold {at + 1} of {folds}: {_right(guessed)} of {len(guessed)} understood so far")
    return told_of(guessed)


def seconds_of(utterances: int, folds: int) -> int:
    """How long it takes, about: each fold learns all others from nothing."""
    return max(5, round(utterances * folds * _SECONDS_EACH))


def told_of(guessed: Sequence[Guessed]) -> dict[str, Any]:
    """What a run keeps, as JSON: `measured`, `right`, `f1` (the mean over intents), `scores`, `confused`.

    A score has `total`, `right`, `precision`, `recall` and `f1` of an intent, shares from 0 to 1, the lowest F1 first;
    `confused` holds pairs of an intent and what its utterances are taken for instead, the most frequent first.
    """
    scores = _scores(guessed)
    measured = {"measured": len(guessed), "right": _right(guessed)}
    mean = fmean(one["f1"] for one in scores) if scores else 0.0
    return {**measured, "f1": mean, "scores": scores, "confused": _confused(guessed)}


def _shared_out(found: Mapping[str, int], folds: int) -> str:
    groups = f"{found['groups']} groups of near copies"
    return f"{found['utterances']} utterances in {groups} shared out over {folds} folds"


def _scores(guessed: Sequence[Guessed]) -> list[dict[str, Any]]:
    totals = Counter(intent for _, intent, _ in guessed)
    taken = Counter(name for _, _, name in guessed)
    right = Counter(intent for _, intent, name in guessed if intent == name)
    scores = [
        {
            "intent": name,
            "total": total,
            "right": right[name],
            "precision": right[name] / taken[name] if taken[name] else 0.0,
            "recall": right[name] / total,
            "f1": 2 * right[name] / (total + taken[name]),
        }
        for name, total in totals.items()
    ]
    return sorted(scores, key=lambda one: (float(str(one["f1"])), str(one["intent"])))


def _confused(guessed: Sequence[Guessed]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for text, intent, taken in guessed:
        if intent != taken:
            found[intent, taken].append({"text": text})
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {"intent": intent, "taken": taken, "count": len(texts), "texts": texts[:SHOWN]}
        for (intent, taken), texts in ordered
    ]


def _right(guessed: Sequence[Guessed]) -> int:
    return sum(intent == taken for _, intent, taken in guessed)
