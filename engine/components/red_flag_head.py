"""The learned part of the red-flag detector: does a message belong with the examples or with the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

MEANING = 3.9  # weight of the sentence vector beside
EVIDENCE = 0.4  # each list, rule or sign met
_WIDTH = 0.06  # of the radial kernel
_PENALTY = 1.0
_FOLDS = 4
_EVERYDAY = 1.0  # weight of an ordinary message in training
_CLOSE = 3.0  # of an example or a look-alike
_FALSE_ALARMS = 0.03  # share of look-alikes let through, out of fold
_EVERYDAY_ALARMS = 0.001  # and of everyday messages


@dataclass(frozen=True)
class TrainingSet:
    """Rows of features: examples (with the number of their card, -1 if not known), look-alikes, everyday."""

    examples: Matrix
    cards: npt.NDArray[np.int64]
    look_alikes: Matrix
    everyday: Matrix


@dataclass(frozen=True)
class RedFlagHead:
    """A kernel machine for "is one of these", and a linear one for "which card". Arrays only."""

    support: Matrix
    weights: Matrix
    offset: float
    threshold: float
    card_weights: Matrix
    card_offsets: Matrix

    def scores(self, rows: Matrix) -> Matrix:
        """How far each row lies above the threshold; below zero is no alarm."""
        squares = (rows**2).sum(1)[:, None] + (self.support**2).sum(1)[None, :] - 2 * rows @ self.support.T
        kernel = np.exp(-_WIDTH * squares)
        return (kernel @ self.weights + self.offset - self.threshold).astype(np.float32)

    def shares(self, row: Matrix) -> Matrix:
        """How much the row is like the examples of each card, adding up to one."""
        raw = self.card_weights @ row + self.card_offsets
        raised = np.exp(raw - raw.max())
        return (raised / raised.sum()).astype(np.float32)

    def arrays(self) -> dict[str, npt.NDArray[np.float32]]:
        """Everything, for numpy.savez."""
        return {
            "support": self.support,
            "weights": self.weights,
            "numbers": np.array([self.offset, self.threshold], dtype=np.float32),
            "card_weights": self.card_weights,
            "card_offsets": self.card_offsets,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.float32]]) -> RedFlagHead:
        """The head that `arrays` described."""
        offset, threshold = (float(number) for number in arrays["numbers"])
        rest = (arrays[name] for name in ("card_weights", "card_offsets"))
        return cls(arrays["support"], arrays["weights"], offset, threshold, *rest)


def train_head(data: TrainingSet, cards: int) -> RedFlagHead:
    """Learn from the rows; the threshold is set on look-alikes that were left out while learning."""
    rows = np.vstack([data.examples, data.look_alikes, data.everyday])
    groups = np.repeat([0, 1, 2], [len(data.examples), len(data.look_alikes), len(data.everyday)])
    out = out_of_fold(rows, groups)
    machine = _fit(rows, groups)
    weights, offsets = _fit_cards(data, cards)
    return RedFlagHead(
        support=machine.support_vectors_.astype(np.float32),
        weights=machine.dual_coef_[0].astype(np.float32),
        offset=float(machine.intercept_[0]),
        threshold=threshold_of(out, groups),
        card_weights=weights,
        card_offsets=offsets,
    )


def threshold_of(out: Matrix, groups: npt.NDArray[np.int64]) -> float:
    """The score that only `_FALSE_ALARMS` of the look-alikes exceed, and of everyday messages hardly one."""
    shares = ((1, _FALSE_ALARMS), (2, _EVERYDAY_ALARMS))
    return max(float(np.quantile(out[groups == one], 1 - share)) for one, share in shares if one in groups)


def out_of_fold(rows: Matrix, groups: npt.NDArray[np.int64]) -> Matrix:
    """The score of each row by a machine that has not seen it."""
    from sklearn.model_selection import StratifiedKFold

    out = np.zeros(len(rows), dtype=np.float32)
    for learned, left in StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(rows, groups):
        out[left] = _fit(rows[learned], groups[learned]).decision_function(rows[left])
    return out


def _fit(rows: Matrix, groups: npt.NDArray[np.int64]):  # type: ignore[no-untyped-def]  # sklearn has no types
    from sklearn.svm import SVC

    weights = np.where(groups == 2, _EVERYDAY, _CLOSE)
    return SVC(C=_PENALTY, gamma=_WIDTH).fit(rows, groups == 0, sample_weight=weights)


def _fit_cards(data: TrainingSet, cards: int) -> tuple[Matrix, Matrix]:
    from sklearn.linear_model import LogisticRegression

    known = data.cards >= 0
    model = LogisticRegression(C=2.0, max_iter=200).fit(data.examples[known], data.cards[known])
    weights = np.zeros((cards, data.examples.shape[1]), dtype=np.float32)
    offsets = np.full(cards, -30.0, dtype=np.float32)
    weights[model.classes_], offsets[model.classes_] = model.coef_, model.intercept_
    return weights, offsets


def features(vectors: Matrix, columns: Sequence[Sequence[int]], width: int) -> Matrix:
    """Rows of sentence vector and evidence side by side."""
    met = np.zeros((len(vectors), width), dtype=np.float32)
    for row, places in enumerate(columns):
        met[row, list(places)] = EVIDENCE
    return np.hstack([MEANING * vectors, met]).astype(np.float32)
