"""Cross-validation of the intents: each utterance is guessed by a head that has learned from the other folds alone."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from engine.learning.logistic_regression import fit, hold_back

ALIKE = 0.95
"""From this cosine on two utterances ask the same in nearly the same words: they stand in one fold."""
_TOGETHER = 1000


@dataclass(frozen=True)
class Folds:
    """Utterances with their intents, vectors (n, features), and the fold of each, from 0; `groups` were kept whole."""

    texts: tuple[str, ...]
    labels: np.ndarray
    rows: np.ndarray
    folds: np.ndarray
    groups: int


def split(labelled: Sequence[tuple[str, str]], rows: np.ndarray, count: int) -> Folds:
    """Share utterances out over `count` folds, two or more: each has its part of each intent, and near copies stand
    in one. Raises ValueError where there are fewer groups than folds.
    """
    labels = np.array([intent for _, intent in labelled])
    groups = group_alike(rows)
    folds = np.zeros(len(labels), dtype=int)
    if groups.max(initial=-1) + 1 < count:
        raise ValueError(f"there is too little taught for {count} folds")
    with warnings.catch_warnings():  # an intent may have fewer utterances than there are folds
        warnings.simplefilter("ignore", UserWarning)
        shared = list(StratifiedGroupKFold(count, shuffle=True, random_state=7).split(rows, labels, groups))
    for at, (_, out) in enumerate(shared):
        folds[out] = at
    return Folds(tuple(text for text, _ in labelled), labels, rows, folds, int(groups.max()) + 1)


def group_alike(rows: np.ndarray) -> np.ndarray:
    """The group of each vector, from 0: those as near as ALIKE are in one, and so is what is near to one of them."""
    units = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    pairs = []
    for begin in range(0, len(units), _TOGETHER):
        near = np.argwhere(units[begin : begin + _TOGETHER] @ units.T >= ALIKE)
        pairs.append(near + np.array([begin, 0]))
    first, second = np.concatenate(pairs).T if pairs else (np.zeros(0, int), np.zeros(0, int))
    shape = (len(units), len(units))
    _, groups = connected_components(coo_matrix((np.ones(len(first)), (first, second)), shape), directed=False)
    found: np.ndarray = groups
    return found


def guess_fold(kept: Folds, at: int, strength: float, held_back: tuple[Sequence[str], float]) -> list[list[str]]:
    """Each utterance of a fold, its intent, and what a head that knows the other folds takes it for.

    `strength` is as in `fit`, `held_back` as in `hold_back`: what the classifier of `config.yml` is made with.
    """
    out = kept.folds == at
    head = hold_back(fit(kept.rows[~out], kept.labels[~out], strength), *held_back)
    taken = head.labels[head.logits(kept.rows[out]).argmax(axis=1)]
    asked = [text for text, is_out in zip(kept.texts, out, strict=True) if is_out]
    return [list(one) for one in zip(asked, kept.labels[out].tolist(), taken.tolist(), strict=True)]
