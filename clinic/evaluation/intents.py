"""Scores first guesses of intents against labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .items import UtteranceItem
from .model import IntentScore, Outcome, Rate

Parse = Callable[[list[str]], list[dict[str, Any]]]
"""Texts to predictions, one each and in order, in the form `bin/clinic parse` writes."""


def macro_f1(confusion: Mapping[tuple[str, str], int], *, asked_only: bool = False) -> float:
    """The mean F1 over all intents that occur as a label or a guess; one that is never right counts 0.

    The definition is that of scikit-learn's `f1_score(average="macro", zero_division=0)`. With `asked_only`, the mean
    is over the intents that the set asks for alone (scikit-learn's `labels=`): a guess of another intent still
    counts against the one it was taken from, but has no F1 of 0 of its own.
    """
    names = {pair[0] for pair in confusion} if asked_only else {name for pair in confusion for name in pair}
    labelled, guessed = Counter[str](), Counter[str]()
    for (label, guess), count in confusion.items():
        labelled[label] += count
        guessed[guess] += count
    scores = [2 * confusion.get((name, name), 0) / (labelled[name] + guessed[name]) for name in names]
    return sum(scores) / len(scores) if scores else 0.0


def score_intents(
    items: Sequence[UtteranceItem], predictions: Sequence[Mapping[str, Any]]
) -> tuple[IntentScore, list[Outcome]]:
    """The score of all, and one outcome for each. ValueError unless one prediction an item."""
    if len(items) != len(predictions):
        raise ValueError(f"{len(predictions)} predictions for {len(items)} utterances")
    confusion = Counter[tuple[str, str]]()
    outcomes = []
    for item, prediction in zip(items, predictions, strict=True):
        guess = str(prediction.get("intent") or "none")
        confusion[item.intent, guess] += 1
        right = guess == item.intent
        why = "" if right else f"“{item.text}” was taken for {guess}"
        outcomes.append(Outcome("intents", item.id, item.intent, right, why, confidence=prediction.get("confidence")))
    passed = sum(outcome.passed for outcome in outcomes)
    doubted = sum(bool(prediction.get("fallback")) for prediction in predictions)
    return IntentScore(Rate("all", passed, len(items)), macro_f1(confusion), dict(confusion), doubted), outcomes
