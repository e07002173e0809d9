"""The fit is the one that a well-known library finds, from nothing as from nearby."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from engine.learning.descent import minimise

STRENGTH = 5.0


@pytest.fixture(scope="module")
def taught() -> tuple[np.ndarray, np.ndarray]:
    """Three kinds of rows of very uneven spread, one of them rare, which overlap."""
    chance = np.random.default_rng(4)
    labels = np.repeat(["often", "seldom", "sometimes"], [300, 30, 120])
    middles = {"often": 0.0, "seldom": 0.6, "sometimes": -0.5}
    spread = np.geomspace(1.0, 0.05, 12)
    rows = chance.normal(size=(450, 12)) * spread + np.array([middles[label] for label in labels])[:, None] * spread
    return (rows - rows.mean(axis=0)).astype(np.float32), labels


def test_it_is_the_librarys_optimum(taught: tuple[np.ndarray, np.ndarray]) -> None:
    rows, labels = taught
    counts = {name: int((labels == name).sum()) for name in set(labels)}
    balance = {name: np.sqrt(len(labels) / len(counts) / count) for name, count in counts.items()}
    known = LogisticRegression(C=STRENGTH, tol=1e-8, max_iter=5000).fit(
        rows, labels, sample_weight=[balance[label] for label in labels]
    )
    weights, bias = minimise(rows, labels, STRENGTH)
    mine, theirs = rows @ weights + bias, known.decision_function(rows)
    assert np.abs((mine - mine.mean(axis=1, keepdims=True)) - theirs).max() < 0.05
    assert (known.classes_[mine.argmax(axis=1)] == known.predict(rows)).all()


def test_going_on_from_another_fit_ends_at_the_same_place(taught: tuple[np.ndarray, np.ndarray]) -> None:
    rows, labels = taught
    fewer = minimise(rows[:-5], labels[:-5], STRENGTH)
    weights, bias = minimise(rows, labels, STRENGTH)
    again, shift = minimise(rows, labels, STRENGTH, fewer)
    apart = (rows @ weights + bias) - (rows @ again + shift)
    assert np.abs(apart - apart.mean(axis=1, keepdims=True)).max() < 0.05
