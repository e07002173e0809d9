"""The learned part of the red-flag detector: does a message belong with the examples or with the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.components.red_flags.ngrams import Matrix, TermTable, Wording

MEANING = 5.0  # weight of the sentence vector beside
MEANING_WIDTH = 768  # numbers of a sentence vector
EVIDENCE = 0.4  # each list, rule or sign met
_WIDTH = 0.09  # of the radial kernel
WORDS = 0.5  # weight of the wording beside it
_PENALTY = 1.0
_BLOCK = 1000  # rows
_FOLDS = 4
_TESTED = 2  # folds that are left out in turn; the others only cost time
_EVERYDAY = 1.0  # weight of an ordinary message in training
_CLOSE = 3.0  # of an example or a look-alike
_FALSE_ALARMS = 0.035  # share of look-alikes let through, out of fold
_EVERYDAY_ALARMS = 0.01  # and of the everyday messages nearest to the examples


@dataclass(frozen=True)
class TrainingSet:
    """Rows of features: examples (with the number of their card, -1 if not known), look-alikes, everyday.

    `texts` are those of all rows, in that order.
    """

    examples: Matrix
    cards: npt.NDArray[np.int64]
    look_alikes: Matrix
    everyday: Matrix
    texts: Sequence[str]


@dataclass(frozen=True)
class RedFlagClassifier:
    """A kernel machine for "is one of these", with its wording, and a linear one for "which card"."""

    support: Matrix
    weights: Matrix
    offset: float
    threshold: float
    card_weights: Matrix
    card_offsets: Matrix
    wording: Wording
    learned_from: tuple[tuple[str, int], ...] = ()
    """The text and group (0 example, 1 look-alike, 2 everyday) of each row of `support`, where it is just learned."""

    def scores(self, rows: Matrix, texts: Sequence[str]) -> Matrix:
        """How far each row, with its text, lies above the threshold; below zero is no alarm."""
        worded = np.array([self.wording.score(text) for text in texts])
        met = self._kernel_of(rows) @ self.weights + worded
        scores: Matrix = (met + self.offset - self.threshold).astype(np.float32)
        return scores

    def _kernel_of(self, rows: Matrix) -> Matrix:
        """As `rbf_kernel(rows, self.support)`: the evidence of a row is a few columns, the rest of them is nothing."""
        meanings, met, lengths = self._laid_out
        result: Matrix = -2 * rows[:, : meanings.shape[1]] @ meanings.T
        for at, row in enumerate(rows):
            for column in np.flatnonzero(row[meanings.shape[1] :]):
                result[at] -= 2 * row[meanings.shape[1] + column] * met[column]
        result += (rows**2).sum(1)[:, None]
        result += lengths
        result *= -_WIDTH
        return np.exp(result, out=result)

    @cached_property
    def _laid_out(self) -> tuple[Matrix, Matrix, Matrix]:
        """The sentence vectors of the support, its evidence by column, and each row's squared length."""
        wide = min(MEANING_WIDTH, self.support.shape[1])
        meanings = np.ascontiguousarray(self.support[:, :wide])
        return meanings, np.ascontiguousarray(self.support[:, wide:].T), (self.support**2).sum(1)

    def shares(self, row: Matrix) -> Matrix:
        """How much the row is like the examples of each card, adding up to one."""
        raw = self.card_weights @ row + self.card_offsets
        raised = np.exp(raw - raw.max())
        shares: Matrix = (raised / raised.sum()).astype(np.float32)
        return shares

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything, for numpy.savez."""
        return {
            "support": self.support,
            "weights": self.weights,
            "numbers": np.array([self.offset, self.threshold], dtype=np.float32),
            "card_weights": self.card_weights,
            "card_offsets": self.card_offsets,
            **self.wording.arrays(),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> RedFlagClassifier:
        """The head that `arrays` described."""
        offset, threshold = (float(number) for number in arrays["numbers"])
        cards = arrays["card_weights"], arrays["card_offsets"]
        wording = Wording.from_arrays(arrays)
        return cls(arrays["support"], arrays["weights"], offset, threshold, cards[0], cards[1], wording)


def train_head(data: TrainingSet, cards: int) -> RedFlagClassifier:
    """Learn from the rows; the threshold is set on look-alikes that were left out while learning."""
    rows = np.vstack([data.examples, data.look_alikes, data.everyday])
    groups = np.repeat([0, 1, 2], [len(data.examples), len(data.look_alikes), len(data.everyday)])
    table = TermTable(data.texts)
    kernel = rbf_kernel(rows, rows)
    add_wording(kernel, table.rows)
    out = out_of_fold(kernel, groups)
    machine = fit_machine(kernel, groups)
    known = data.cards >= 0
    weights, offsets = fit_cards(data.examples[known], data.cards[known], cards)
    dual = machine.dual_coef_[0].astype(np.float32)
    return RedFlagClassifier(
        support=rows[machine.support_],
        weights=dual,
        offset=float(machine.intercept_[0]),
        threshold=threshold_of(out, groups),
        card_weights=weights,
        card_offsets=offsets,
        wording=table.weigh(machine.support_, WORDS * dual),
        learned_from=tuple((data.texts[place], int(groups[place])) for place in machine.support_),
    )


def rbf_kernel(rows: Matrix, others: Matrix) -> Matrix:
    """The radial kernel of each row with each other: 1 for the same, towards 0 for the unlike."""
    result = -2 * rows @ others.T
    result += (rows**2).sum(1)[:, None]
    result += (others**2).sum(1)[None, :]
    result *= -_WIDTH
    kernel: Matrix = np.exp(result, out=result)
    return kernel


def add_wording(kernel: Matrix, terms: Any) -> None:
    """Add how much the texts share their terms (sparse rows), a block at a time: the whole is large."""
    for start in range(0, len(kernel), _BLOCK):
        kernel[start : start + _BLOCK] += WORDS * (terms[start : start + _BLOCK] @ terms.T).toarray()


def threshold_of(out: Matrix, groups: npt.NDArray[np.int64]) -> float:
    """The score that only `_FALSE_ALARMS` of the look-alikes exceed, and of everyday messages hardly one."""
    shares = ((1, _FALSE_ALARMS), (2, _EVERYDAY_ALARMS))
    told = [(out[(groups == one) & ~np.isnan(out)], share) for one, share in shares]
    return max(float(np.quantile(scores, 1 - share)) for scores, share in told if len(scores))


def out_of_fold(kernel: Matrix, groups: npt.NDArray[np.int64]) -> Matrix:
    """The score of each row that was left out, by a machine that has not seen it; NaN for the other rows."""
    from sklearn.model_selection import StratifiedKFold

    out = np.full(len(kernel), np.nan, dtype=np.float32)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(groups, groups)
    for learned, left in list(folds)[:_TESTED]:
        machine = fit_machine(kernel[np.ix_(learned, learned)], groups[learned])
        out[left] = machine.decision_function(kernel[np.ix_(left, learned)])
    return out


def fit_machine(kernel: Matrix, groups: npt.NDArray[np.int64]) -> Any:
    """The kernel machine of these rows: examples (group 0) against the rest."""
    from sklearn.svm import SVC

    weights = np.where(groups == 2, _EVERYDAY, _CLOSE)
    return SVC(C=_PENALTY, kernel="precomputed").fit(kernel, groups == 0, sample_weight=weights)


def fit_cards(
    rows: Matrix, cards: npt.NDArray[np.int64], count: int, start: tuple[Matrix, Matrix] | None = None
) -> tuple[Matrix, Matrix]:
    """Weights and offsets that tell the cards of the examples' rows; on from `start`, in a few steps."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=300, tol=1e-2 if start is None else 1e-1, warm_start=True)
    known = np.unique(cards)
    if start is not None:
        model.classes_, model.coef_, model.intercept_ = known, start[0][known], start[1][known]
    model.fit(rows, cards)
    weights = np.zeros((count, rows.shape[1]), dtype=np.float32)
    offsets = np.full(count, -30.0, dtype=np.float32)
    weights[model.classes_], offsets[model.classes_] = model.coef_, model.intercept_
    return weights, offsets


def features(vectors: Matrix, columns: Sequence[Sequence[int]], width: int) -> Matrix:
    """Rows of sentence vector and evidence side by side."""
    met = np.zeros((len(vectors), width), dtype=np.float32)
    for row, places in enumerate(columns):
        met[row, list(places)] = EVIDENCE
    return np.hstack([MEANING * vectors, met]).astype(np.float32)
