"""How the head of the red-flag detector is learned: its machine, the threshold, and the weights that tell the cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.components.red_flags.classifier import RedFlagClassifier
from engine.components.red_flags.kernel_machine import (
    EVERYDAY,
    EXAMPLE,
    LOOK_ALIKE,
    WORDS,
    Places,
    TaughtRows,
    fit_machine,
)
from engine.components.red_flags.ngrams import Matrix, TermTable

_FOLDS = 4
_TESTED = 2  # folds that are left out in turn; the others only cost time
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


def train_head(data: TrainingSet, cards: int) -> RedFlagClassifier:
    """Learn from the rows; the threshold is set on look-alikes that were left out while learning."""
    rows = np.vstack([data.examples, data.look_alikes, data.everyday])
    kinds = (EXAMPLE, LOOK_ALIKE, EVERYDAY)
    groups = np.repeat(kinds, [len(data.examples), len(data.look_alikes), len(data.everyday)])
    table = TermTable(data.texts)
    taught = TaughtRows(rows, table.rows, groups)
    out, near = out_of_fold(taught)
    machine = fit_machine(taught, np.arange(len(rows)), near)
    known = data.cards >= 0
    weights, offsets = fit_cards(data.examples[known], data.cards[known], cards)
    return RedFlagClassifier(
        support=rows[machine.support],
        weights=machine.weights,
        offset=machine.offset,
        threshold=threshold_of(out, groups),
        card_weights=weights,
        card_offsets=offsets,
        wording=table.weigh(machine.support, WORDS * machine.weights),
        learned_from=tuple((data.texts[place], int(groups[place])) for place in machine.support),
    )


def threshold_of(out: Matrix, groups: npt.NDArray[np.int64]) -> float:
    """The score that only `_FALSE_ALARMS` of the look-alikes exceed, and of everyday messages hardly one."""
    shares = ((LOOK_ALIKE, _FALSE_ALARMS), (EVERYDAY, _EVERYDAY_ALARMS))
    told = [(out[(groups == one) & ~np.isnan(out)], share) for one, share in shares]
    return max(float(np.quantile(scores, 1 - share)) for scores, share in told if len(scores))


def out_of_fold(taught: TaughtRows) -> tuple[Matrix, Places]:
    """The score of each row that was left out, by a machine that has not seen it, NaN for the other rows; and the
    places of the rows that lie near the border of these machines.
    """
    from sklearn.model_selection import StratifiedKFold

    out = np.full(len(taught.groups), np.nan, dtype=np.float32)
    near: Places | None = None
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(taught.groups, taught.groups)
    for learned, left in list(folds)[:_TESTED]:
        machine = fit_machine(taught, learned, None if near is None else np.intersect1d(near, learned))
        out[left] = machine.scores(taught, left)
        near = np.union1d(machine.support, left[taught.margins(left, out[left]) < 1])
    assert near is not None
    return out, near


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
