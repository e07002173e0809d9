"""What the questions asked of an article teach: how like those asked of each sentence a new question is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clinic.knowledge.search.embedded_texts import Matrix

Rows = npt.NDArray[np.intp]
FEWEST = 20  # questions; fewer teach nothing reliable
RIDGE = 0.2
NARROWNESS = 1.5  # of the Gaussian kernel: how fast likeness falls with distance
WORDING = 0.5  # the weight of how a thing is said, beside what it is about


@dataclass(frozen=True, slots=True)
class Examples:
    """Vectors of questions asked of sentences, and of questions an article leaves out, with their rows.

    Vectors are those of `encode_wording`.
    """

    asked: Matrix
    asked_of: Rows
    unanswered: Matrix
    unanswered_of: Rows


@dataclass(frozen=True, slots=True)
class QuestionMatcher:
    """One article's: kernel ridge regression of which sentence a question was asked of, the last column being
    those left out. `rows` are the sentences of the other columns, counted within the article.
    """

    known: Matrix
    weights: Matrix
    rows: Rows

    def score(self, question: Matrix) -> Matrix:
        """One number a column: near 1 where the question is asked of that sentence, near 0 elsewhere."""
        scores: Matrix = _kernel(prepare(question[None, :]), self.known)[0] @ self.weights
        return scores


Heads = Mapping[int, QuestionMatcher]
"""By the article's place; those with too few questions have none."""


def fit_matchers(examples: Examples, owners: Rows, known: Heads) -> Heads:
    """A head for each article with enough questions; `owners` gives the article of each sentence.

    Those in `known` are taken as they are.
    """
    if not len(examples.asked_of):
        return {}
    articles = owners[examples.asked_of]
    places, counts = np.unique(articles, return_counts=True)
    taught = [int(one) for one in places[counts >= FEWEST]]
    return {one: known.get(one) or _fit_one(examples, one, owners) for one in taught}


def _fit_one(examples: Examples, article: int, owners: Rows) -> QuestionMatcher:
    mine = owners[examples.asked_of] == article
    out = examples.unanswered[examples.unanswered_of == article]
    rows, columns = np.unique(examples.asked_of[mine], return_inverse=True)
    known = prepare(np.vstack([examples.asked[mine], out]) if len(out) else examples.asked[mine])
    targets = np.zeros((len(known), len(rows) + 1), dtype=np.float32)
    targets[np.arange(len(columns)), columns] = 1
    targets[len(columns) :, -1] = 1
    kernel = _kernel(known, known)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    return QuestionMatcher(known, np.linalg.solve(kernel, targets), rows - np.flatnonzero(owners == article)[0])


def prepare(vectors: Matrix) -> Matrix:
    """Rows of unit length in which meaning and wording have their weights."""
    half = vectors.shape[1] // 2
    scale = np.sqrt(np.repeat([1.0, WORDING], half) / (1 + WORDING)).astype(np.float32)
    unit: Matrix = vectors * scale
    return unit


def _kernel(some: Matrix, others: Matrix) -> Matrix:
    likeness: Matrix = np.exp(np.float32(NARROWNESS) * (some @ others.T - np.float32(1)))
    return likeness
