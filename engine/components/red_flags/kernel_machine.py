"""A support vector machine over meaning, evidence and wording together, fitted with only the rows near its border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.components.red_flags.ngrams import Matrix

Places = npt.NDArray[np.intp]

WIDTH = 0.09  # of the radial kernel
WORDS = 0.5  # weight of the wording beside it
EXAMPLE, LOOK_ALIKE, EVERYDAY = range(3)
_PENALTY = 1.0
_ORDINARY = 1.0  # weight of an everyday message in training
_CLOSE = 3.0  # of an example or a look-alike
_BLOCK = 500  # rows
_FEW = 2000  # rows that are fitted at once
_FIRST = 3  # of many, one in so many is fitted first
_SLACK = 0.02  # how far within the margin a row may lie that is left out
_ROUNDS = 8


@dataclass(frozen=True)
class TaughtRows:
    """What is learned from: of each text its features, its terms (sparse, of length one) and its group."""

    features: Matrix
    terms: Any
    groups: npt.NDArray[np.int64]

    def kernel(self, these: Places, those: Places) -> npt.NDArray[np.float64]:
        """How close each of `these` rows is to each of `those` (these, those): by features, then by terms."""
        others, words = self.features[those], self.terms[those].T.tocsr()
        result = np.empty((len(these), len(those)))
        for start in range(0, len(these), _BLOCK):
            few = these[start : start + _BLOCK]
            result[start : start + _BLOCK] = rbf_kernel(self.features[few], others)
            result[start : start + _BLOCK] += WORDS * (self.terms[few] @ words).toarray()
        return result

    def margins(self, places: Places, scores: Matrix) -> Matrix:
        """How far on their own side of the border the rows at `places` lie that have these scores."""
        return np.where(self.groups[places] == EXAMPLE, scores, -scores)


@dataclass(frozen=True)
class KernelMachine:
    """The places of its support vectors, the weight of each, and what is added to a score."""

    support: Places
    weights: Matrix
    offset: float

    def scores(self, taught: TaughtRows, places: Places) -> Matrix:
        """The score of each row at `places`: above nothing for an example."""
        found = np.empty(len(places), dtype=np.float32)
        for start in range(0, len(places), _BLOCK):
            few = places[start : start + _BLOCK]
            found[start : start + _BLOCK] = taught.kernel(few, self.support) @ self.weights + self.offset
        return found


def fit_machine(taught: TaughtRows, learned: Places, near: Places | None = None) -> KernelMachine:
    """The machine of the rows at `learned` (sorted): examples (group 0) against the rest.

    A row beyond the margin carries no weight. So the kernel of a few rows is held, `near` (those thought to lie at the
    border) or one in three, and of those that turn out to: the kernel of all takes gigabytes. Chunking, as in Boser,
    Guyon and Vapnik, "A training algorithm for optimal margin classifiers" (1992).
    """
    held = near if near is not None else learned[:: _FIRST if len(learned) > _FEW else 1]
    kernel = taught.kernel(held, held)
    for _ in range(_ROUNDS):
        machine = _solve(taught, held, kernel)
        others = np.setdiff1d(learned, held, assume_unique=True)
        missed = others[taught.margins(others, machine.scores(taught, others)) < 1 - _SLACK]
        if not len(missed):
            break
        before, held = held, np.union1d(machine.support, missed)
        kernel = _grown(taught, before, kernel, held)
    return machine


def _grown(
    taught: TaughtRows, before: Places, kernel: npt.NDArray[np.float64], held: Places
) -> npt.NDArray[np.float64]:
    """The kernel of the rows now held: of those that were held before it is known."""
    kept = np.intersect1d(before, held, assume_unique=True)
    new = np.setdiff1d(held, kept, assume_unique=True)
    was, at_kept, at_new = (np.searchsorted(*pair) for pair in ((before, kept), (held, kept), (held, new)))
    grown = np.empty((len(held), len(held)))
    for start in range(0, len(kept), _BLOCK):  # all at once would be a third matrix of this size
        few = slice(start, start + _BLOCK)
        grown[np.ix_(at_kept[few], at_kept)] = kernel[np.ix_(was[few], was)]
    rows = taught.kernel(new, held)
    grown[at_new], grown[:, at_new] = rows, rows.T
    return grown


def _solve(taught: TaughtRows, held: Places, kernel: npt.NDArray[np.float64]) -> KernelMachine:
    from sklearn.svm import SVC

    groups = taught.groups[held]
    weights = np.where(groups == EVERYDAY, _ORDINARY, _CLOSE)
    machine = SVC(C=_PENALTY, kernel="precomputed")
    machine.fit(kernel, groups == EXAMPLE, sample_weight=weights)
    return KernelMachine(held[machine.support_], machine.dual_coef_[0].astype(np.float32), float(machine.intercept_[0]))


def rbf_kernel(rows: Matrix, others: Matrix) -> Matrix:
    """The radial kernel of each row with each other: 1 for the same, towards 0 for the unlike."""
    result = -2 * rows @ others.T
    result += (rows**2).sum(1)[:, None]
    result += (others**2).sum(1)[None, :]
    result *= -WIDTH
    kernel: Matrix = np.exp(result, out=result)
    return kernel
