"""The descent that fits a multinomial logistic regression: L-BFGS, in directions that are all about equally steep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

_MOST_STEPS = 500
_FLAT, _STILL = 1e-2, 3e-7  # where the descent ends: the largest slope, and the least gain of a step
_STEEP = 0.03  # how steep the loss is near its end, to what rows and labels alone would make it: measured


def minimise(
    rows: np.ndarray, labels: np.ndarray, strength: float, start: tuple[np.ndarray, np.ndarray] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features, labels) and bias that minimise `|weights|^2 / 2 + strength * cross-entropy`.

    `rows` (n, features) are float32, their mean nothing; `start` are weights and bias to go on from.
    """
    names, targets = np.unique(labels, return_inverse=True)
    shares = (strength * _balance(labels)[targets]).astype(np.float32)
    with threadpool_limits(1):  # matrices this small only make threads wait for one another
        space = _Space.of(rows, targets, shares)
        turned = rows @ space.axes
        begin = np.zeros((rows.shape[1] + 1, len(names))) if start is None else space.into(np.vstack(start))
        loss = _Loss(turned, targets, shares, space.scale)
        options = {"maxiter": _MOST_STEPS, "gtol": _FLAT, "ftol": _STILL}
        found = minimize(loss, begin.ravel(), jac=True, method="L-BFGS-B", options=options)
        both = space.out_of(found.x.reshape(begin.shape))
    return both[:-1], both[-1]


@dataclass(frozen=True)
class _Space:
    """The coordinates descended in: along the `axes` in which the rows spread, each with a `scale` a label.

    A preconditioner: the loss curves as the rows spread along an axis times how much weight a label has. In these
    coordinates the same optimum is reached in half the steps, and from one nearby in a fifth.
    """

    axes: np.ndarray
    scale: np.ndarray

    @classmethod
    def of(cls, rows: np.ndarray, targets: np.ndarray, shares: np.ndarray) -> _Space:
        """The space of these rows; the last scale is the bias's."""
        spread, axes = np.linalg.eigh(((rows * shares[:, None]).T @ rows).astype(np.float64))
        curved = np.append(np.maximum(spread, 0.0), shares.sum())
        mass = np.bincount(targets, weights=shares) / shares.sum()
        scale = 1.0 / np.sqrt(1.0 + _STEEP * curved[:, None] * mass)
        return cls(axes.astype(np.float32), scale.astype(np.float32))

    def into(self, both: np.ndarray) -> np.ndarray:
        """Weights with the bias below them, in these coordinates."""
        point: np.ndarray = np.vstack([self.axes.T @ both[:-1], both[-1:]]) / self.scale
        return point

    def out_of(self, point: np.ndarray) -> np.ndarray:
        """The weights and bias of a point."""
        both = point * self.scale
        return np.vstack([self.axes @ both[:-1], both[-1:]])


@dataclass(frozen=True)
class _Loss:
    """The loss and its slope at a point of the space in which `rows` are given."""

    rows: np.ndarray
    targets: np.ndarray
    shares: np.ndarray
    scale: np.ndarray

    def __call__(self, flat: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss, and its slope as long as `flat`."""
        each = np.arange(len(self.targets))
        both = flat.reshape(self.scale.shape).astype(np.float32) * self.scale
        wrong = self.rows @ both[:-1] + both[-1]
        wrong -= wrong.max(axis=1, keepdims=True)
        right = wrong[each, self.targets]
        np.exp(wrong, out=wrong)
        sums = wrong.sum(axis=1)
        cost = float(self.shares @ (np.log(sums) - right)) + 0.5 * float((both[:-1] ** 2).sum())
        wrong *= (self.shares / sums)[:, None]
        wrong[each, self.targets] -= self.shares
        slope = np.vstack([self.rows.T @ wrong + both[:-1], wrong.sum(axis=0)]) * self.scale
        return cost, slope.ravel().astype(np.float64)


def _balance(labels: np.ndarray) -> np.ndarray:
    """A weight for each label, half way to balanced: one with many examples is guessed more, but not as much more."""
    names, counts = np.unique(labels, return_counts=True)
    balance: np.ndarray = np.sqrt(len(labels) / len(names) / counts)
    return balance
