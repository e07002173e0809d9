"""Multinomial logistic regression, and how far its guesses may be trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.model_selection import StratifiedKFold

from engine.learning.descent import minimise

_FOLDS, _TURNS = 8, 3
_MANY = 2000  # from so many examples on, one fold tells as much and costs little; bench.layers leaves it unseen
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
        logits: np.ndarray = np.einsum("nf,fl->nl", rows - self.centre, self.weights) + self.bias
        return logits


def fit(rows: np.ndarray, labels: np.ndarray, strength: float, start: Linear | None = None) -> Linear:
    """Fits with L2 penalty 1/`strength` (scikit-learn's C); one label alone is always the guess.

    From `start`, where its labels are the same, the same optimum is reached in a few steps: the loss is convex.
    """
    names = np.unique(labels)
    if len(names) == 1:
        return Linear(names, rows.mean(axis=0), np.zeros((rows.shape[1], 1)), np.ones(1))
    begin = start if start is not None and np.array_equal(start.labels, names) else None
    centre = rows.mean(axis=0) if begin is None else begin.centre
    on = (begin.weights, begin.bias) if begin is not None else None
    weights, bias = minimise((rows - centre).astype(np.float32), labels, strength, on)
    return Linear(names, centre, weights.astype(np.float32), bias.astype(np.float32))


@dataclass(frozen=True)
class Fitted:
    """A calibrated head, and the one of the examples held out for it, from which the next may start."""

    head: Linear
    held_out: Linear | None = None


def fit_calibrated(
    rows: np.ndarray,
    labels: np.ndarray,
    options: tuple[float, float],
    folds: np.ndarray,
    start: Fitted | None = None,
) -> Fitted:
    """Fits, then sets temperature and threshold from guesses on examples held out.

    `options` are `strength` and `given_up`, the share of the right guesses that the threshold distrusts. Of many
    examples those of fold 0 are held out, of few a third in turn; labels that would have none left to learn
    from are left out, and with fewer than two labels every guess is trusted.
    """
    strength, given_up = options
    head = fit(rows, labels, strength, start.head if start else None)
    logits, targets, held = [], [], None
    for out in [folds == 0] if len(labels) > _MANY else _in_turn(labels):
        seen, unseen = _split(labels, out)
        if unseen.any():
            held = fit(rows[seen], labels[seen], strength, start.held_out if start else None)
            logits.append(_spread(held, rows[unseen], head.labels))
            targets.append(np.searchsorted(head.labels, labels[unseen]))
    if held is None:
        return Fitted(head)
    scores, right_places = np.concatenate(logits), np.concatenate(targets)
    right = scores.argmax(axis=1) == right_places
    threshold = float(np.quantile(scores.max(axis=1)[right], given_up)) if right.any() else _ANYTHING
    return Fitted(replace(head, temperature=_temperature(scores, right_places), threshold=threshold), held)


def _in_turn(labels: np.ndarray) -> list[np.ndarray]:
    """Which examples are held out, in three turns that share out each label that has enough of them."""
    names, counts = np.unique(labels, return_counts=True)
    many = np.isin(labels, names[counts >= 2])
    turns = min(_TURNS, int(counts[counts >= 2].min(initial=_TURNS)))
    order = np.flatnonzero(many)
    if len(np.unique(labels[order])) < 2:
        return []
    split = StratifiedKFold(turns, shuffle=True, random_state=7).split(order, labels[order])
    return [np.isin(np.arange(len(labels)), order[unseen]) for _, unseen in split]


def _spread(head: Linear, rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Logits over `labels`, of which the head knows some; the others are out of the question."""
    logits = np.full((len(rows), len(labels)), _ANYTHING)
    logits[:, np.searchsorted(labels, head.labels)] = head.logits(rows)
    return logits


def fold_of(text: str) -> int:
    """The fold of an example, fixed by its words: a new example moves no other."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % _FOLDS


def hold_back(head: Linear, names: Sequence[str], by: float) -> Linear:
    """The head with the logits of `names` lowered `by` so much."""
    return replace(head, bias=head.bias - np.where(np.isin(head.labels, list(names)), by, 0.0).astype(np.float32))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Each row's exponentials, over their sum."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: np.ndarray = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _split(labels: np.ndarray, out: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which examples are learned from for the calibration, and which of `out` are held out: of labels on both sides."""
    known = np.unique(labels[~out])
    keep = np.isin(labels, known) & (len(known) > 1)
    return keep & ~out, keep & out


def _temperature(logits: np.ndarray, targets: np.ndarray) -> float:
    """The temperature under which the held-out labels are likeliest, of a fixed grid."""
    grid = np.geomspace(0.2, 5, 49)
    losses = [-np.log(softmax(logits / t)[np.arange(len(targets)), targets] + 1e-12).mean() for t in grid]
    return float(grid[int(np.argmin(losses))])
