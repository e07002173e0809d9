"""What the questions asked of an article teach: a direction for each sentence, and one for what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]
FEWEST = 20  # questions; fewer teach nothing reliable
RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Examples:
    """Vectors of questions asked of sentences, and of questions an article leaves out, with their rows."""

    asked: Matrix
    asked_of: Rows
    unanswered: Matrix
    unanswered_of: Rows


@dataclass(frozen=True, slots=True)
class Heads:
    """`sentences` (a row each) and `silence` (a row for each article): their product with a question's vector
    is near 1 where the question is asked of that sentence, or left out, and near 0 elsewhere. `taught` says
    which articles had enough questions; the rows of the others are zero.
    """

    sentences: Matrix
    silence: Matrix
    taught: npt.NDArray[np.bool_]


def fit_heads(examples: Examples, owners: Rows, articles: int) -> Heads:
    """Ridge regression of indicator targets on the vectors, article by article; exact, no iterations.

    `owners` gives the article of each sentence.
    """
    width = examples.asked.shape[1] if examples.asked.size else 1
    heads = Heads(
        np.zeros((len(owners), width), dtype=np.float32),
        np.zeros((articles, width), dtype=np.float32),
        np.zeros(articles, dtype=np.bool_),
    )
    for article in np.unique(owners[examples.asked_of]) if len(examples.asked_of) else ():
        mine = owners[examples.asked_of] == article
        if mine.sum() >= FEWEST:
            _fit_one(heads, examples, int(article), mine)
    return heads


def _fit_one(heads: Heads, examples: Examples, article: int, mine: npt.NDArray[np.bool_]) -> None:
    out = examples.unanswered[examples.unanswered_of == article]
    rows, columns = np.unique(examples.asked_of[mine], return_inverse=True)
    known = np.vstack([examples.asked[mine], out]) if len(out) else examples.asked[mine]
    targets = np.zeros((len(known), len(rows) + 1), dtype=np.float32)
    targets[np.arange(len(columns)), columns] = 1
    targets[len(columns) :, -1] = 1
    kernel = known @ known.T + RIDGE * np.eye(len(known), dtype=np.float32)
    directions = known.T @ np.linalg.solve(kernel, targets)
    heads.sentences[rows] = directions[:, :-1].T
    heads.silence[article] = directions[:, -1]
    heads.taught[article] = True
