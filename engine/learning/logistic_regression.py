"""Multinomial logistic regression, and how far its guesses may be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

_FOLDS = 3
_MANY = 2000  # from so many examples on, one fold tells as much and costs a third
_ANYTHING = -1e9  # finite, because it ends up in JSON


@dataclass(frozen=True)
class Linear:
    """Logits `(row - centre) @ weights + bias`, one a label.

    `temperature` divides logits before softmax. A guess is trusted from `threshold` on: a bound on the
    largest logit, which ranks what no label covers lower than softmax confidence does.
    """

    labels: np.ndarray
    centre: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    temperature: float = 1.0
    threshold: float = _ANYTHING

    def logits(self, rows: np.ndarray) -> np.ndarray:
        """Scores (n, labels) of rows (n, features)."""
        # Not `@`: for one row BLAS spends milliseconds waking threads for microseconds of work.
        return np.einsum("nf,fl->nl", rows - self.centre, self.weights) + self.bias


def fit(rows: np.ndarray, labels: np.ndarray, strength: float) -> Linear:
    """Fits with L2 penalty 1/`strength` (scikit-learn's C); one label alone is always the guess."""
    names = np.unique(labels)
    centre = rows.mean(axis=0)
    if len(names) == 1:
        return Linear(names, centre, np.zeros((rows.shape[1], 1)), np.ones(1))
    model = LogisticRegression(
        C=strength, max_iter=500, tol=1e-1, multi_class="multinomial", class_weight=_weights(labels)
    )
    with threadpool_limits(1):  # matrices this small only make threads wait for one another
        model.fit(rows - centre, labels)
    weights, bias = model.coef_.T, model.intercept_
    if len(names) == 2:  # scikit-learn keeps one column then
        weights, bias = np.hstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return Linear(names, centre, weights.astype(np.float32), bias.astype(np.float32))


def fit_calibrated(rows: np.ndarray, labels: np.ndarray, strength: float, given_up: float) -> Linear:
    """Fits, then sets temperature and threshold from guesses on examples held out in turn.

    The threshold distrusts the share `given_up` of the right guesses. Labels with fewer than two examples
    cannot be held out; with fewer than two labels left, every guess is trusted.
    """
    head = fit(rows, labels, strength)
    held, targets = _held_out(rows, labels, strength)
    if not len(targets):
        return head
    right = held.argmax(axis=1) == targets
    threshold = float(np.quantile(held.max(axis=1)[right], given_up)) if right.any() else _ANYTHING
    temperature = _temperature(held, targets)
    return Linear(head.labels, head.centre, head.weights, head.bias, temperature, threshold)


def hold_back(head: Linear, names: Sequence[str], by: float) -> Linear:
    """The head with the logits of `names` lowered `by` so much."""
    return replace(head, bias=head.bias - np.where(np.isin(head.labels, list(names)), by, 0.0).astype(np.float32))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Each row's exponentials, over their sum."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _weights(labels: np.ndarray) -> dict[str, float]:
    """Half way to balanced: an intent with many examples is guessed more often, but not as much more."""
    names, counts = np.unique(labels, return_counts=True)
    even = len(labels) / len(names)
    return {str(name): float(np.sqrt(even / count)) for name, count in zip(names, counts, strict=True)}


def _held_out(rows: np.ndarray, labels: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """Logits of each example by a head that has not seen it, and the place of its label."""
    names, counts = np.unique(labels, return_counts=True)
    keep = np.isin(labels, names[counts >= 2])
    rows, labels = rows[keep], labels[keep]
    names = np.unique(labels)
    if len(names) < 2:
        return np.zeros((0, len(names))), np.zeros(0, dtype=int)
    many = len(labels) > _MANY
    folds = StratifiedKFold(min(_FOLDS + many, int(counts[counts >= 2].min())), shuffle=True, random_state=7)
    logits = np.zeros((len(labels), len(names)))
    told: list[np.ndarray] = []
    for seen, unseen in folds.split(rows, labels):
        logits[unseen] = fit(rows[seen], labels[seen], strength).logits(rows[unseen])
        told.append(unseen)
        if many:
            break
    places = np.concatenate(told)
    return logits[places], np.searchsorted(names, labels[places])


def _temperature(logits: np.ndarray, targets: np.ndarray) -> float:
    """The temperature under which the held-out labels are likeliest, of a fixed grid."""
    grid = np.geomspace(0.2, 5, 49)
    losses = [-np.log(softmax(logits / t)[np.arange(len(targets)), targets] + 1e-12).mean() for t in grid]
    return float(grid[int(np.argmin(losses))])
