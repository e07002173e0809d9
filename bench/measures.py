"""Measures of a classifier that may refuse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def accuracy(truth: Sequence[str], guesses: Sequence[str]) -> float:
    """The share of guesses that are right."""
    return float(np.mean([right == guess for right, guess in zip(truth, guesses, strict=True)]))


def macro_f1(truth: Sequence[str], guesses: Sequence[str]) -> float:
    """F1 of each label of the truth, averaged with equal weight."""
    right, guessed = np.array(truth), np.array(guesses)
    scores = []
    for label in np.unique(right):
        hits = np.sum((right == label) & (guessed == label))
        scores.append(2 * hits / (np.sum(right == label) + np.sum(guessed == label)))
    return float(np.mean(scores))


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance that a random in-scope score is above a random out-of-scope one, ties counting half."""
    scores = np.concatenate([inside, outside])
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    n, m = len(inside), len(outside)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def recall_at_cost(
    right: Sequence[bool], inside: Sequence[float], outside: Sequence[float], cost: float = 0.02
) -> float:
    """The share of out-of-scope scores refused at the highest threshold that costs `cost` of accuracy.

    The threshold is set on these same in-scope scores, so on other data expect a little less.
    """
    hits = np.sort(np.array(inside)[np.array(right)])
    given_up = int(cost * len(inside))
    threshold = hits[min(given_up, len(hits) - 1)]
    return float(np.mean(np.array(outside) < threshold))
