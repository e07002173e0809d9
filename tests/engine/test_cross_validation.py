"""Folds keep near copies together and share out every intent; a fold is guessed by the others alone."""

from __future__ import annotations

import numpy as np
import pytest

from engine.learning.cross_validation import group_alike, guess_fold, split

INTENTS = ("ask_causes", "ask_price", "greet")


def taught(each: int = 12) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Utterances around a direction for each intent; every second is a near copy of the one before."""
    chance = np.random.default_rng(7)
    labelled: list[tuple[str, str]] = []
    rows: list[np.ndarray] = []
    for at, intent in enumerate(INTENTS):
        for number in range(each):
            labelled.append((f"{intent} {number}", intent))
            away = chance.normal(0, 0.3, 8) if number % 2 == 0 else rows[-1] - np.eye(8)[at] + 0.001
            rows.append(np.eye(8)[at] + away)
    return labelled, np.array(rows, dtype=np.float32)


def test_near_copies_stand_in_one_fold_and_every_fold_has_every_intent() -> None:
    labelled, rows = taught()
    found = split(labelled, rows, 3)
    assert found.groups == len(set(group_alike(rows).tolist())) <= len(labelled) / 2
    assert (found.folds[0::2] == found.folds[1::2]).all()
    assert {(fold, intent) for fold, intent in zip(found.folds.tolist(), found.labels.tolist(), strict=True)} == {
        (fold, intent) for fold in range(3) for intent in INTENTS
    }


def test_every_utterance_is_guessed_once_by_a_head_that_did_not_learn_it() -> None:
    labelled, rows = taught()
    # One utterance stands in the wrong intent: a head that had learned it would know it by heart.
    labelled[0] = (labelled[0][0], "greet")
    labelled[1] = (labelled[1][0], "greet")
    kept = split(labelled, rows, 3)
    guessed = [one for at in range(3) for one in guess_fold(kept, at, 1000.0, ([], 0.0))]
    assert sorted(text for text, _, _ in guessed) == sorted(text for text, _ in labelled)
    assert {text: taken for text, _, taken in guessed}[labelled[0][0]] != "greet"
    assert sum(intent == taken for _, intent, taken in guessed) > len(guessed) * 0.7


def test_an_intent_that_is_held_back_is_guessed_less() -> None:
    labelled, rows = taught()
    kept = split(labelled, rows, 3)
    taken = [one[2] for at in range(3) for one in guess_fold(kept, at, 20.0, (["greet"], 1e6))]
    assert "greet" not in taken


def test_too_little_for_so_many_folds_is_said() -> None:
    labelled, rows = taught(2)
    with pytest.raises(ValueError, match="too little"):
        split(labelled, rows, 9)
