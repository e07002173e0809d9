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
MOSTLY = 0.9  # of the questions are as they were: then a head is mended, not made anew
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
    those left out. `rows` are the sentences of the other columns, counted within the article; `columns` gives the
    column of each known question. One that is not `exact` was mended in a moment from that of an earlier state.
    """

    known: Matrix
    weights: Matrix
    rows: Rows
    columns: Rows
    exact: bool = True

    def score(self, question: Matrix) -> Matrix:
        """One number a column: near 1 where the question is asked of that sentence, near 0 elsewhere."""
        scores: Matrix = _kernel(prepare(question[None, :]), self.known)[0] @ self.weights
        return scores


Heads = Mapping[int, QuestionMatcher]
"""By the article's place; those with too few questions have none."""
_NONE: Heads = {}


def fit_matchers(examples: Examples, owners: Rows, known: Heads, earlier: Heads = _NONE) -> Heads:
    """A head for each article with enough questions; `owners` gives the article of each sentence.

    Those in `known` are taken as they are; those of `earlier`, the same articles' before an edit, are mended.
    """
    if not len(examples.asked_of):
        return {}
    articles = owners[examples.asked_of]
    places, counts = np.unique(articles, return_counts=True)
    taught = [int(one) for one in places[counts >= FEWEST]]
    return {one: known.get(one) or _fit_one(examples, one, owners, earlier.get(one)) for one in taught}


def _fit_one(examples: Examples, article: int, owners: Rows, earlier: QuestionMatcher | None) -> QuestionMatcher:
    mine = owners[examples.asked_of] == article
    out = examples.unanswered[examples.unanswered_of == article]
    rows, asked_columns = np.unique(examples.asked_of[mine], return_inverse=True)
    known = prepare(np.vstack([examples.asked[mine], out]) if len(out) else examples.asked[mine])
    columns = np.concatenate([asked_columns, np.full(len(out), len(rows))]).astype(np.intp)
    rows = rows - np.flatnonzero(owners == article)[0]
    if earlier is not None and (mended := _mend(earlier, known, columns, rows)) is not None:
        return mended
    kernel = _kernel(known, known)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    return QuestionMatcher(known, np.linalg.solve(kernel, _targets(columns, len(rows) + 1)), rows, columns)


def _mend(earlier: QuestionMatcher, known: Matrix, columns: Rows, rows: Rows) -> QuestionMatcher | None:
    """Old questions keep their weights, new ones are fitted to what these leave over; None where too much is new.

    One step of block Gauss-Seidel towards the exact solution, in milliseconds where that takes seconds.
    """
    at = {row.tobytes(): place for place, row in enumerate(earlier.known)}
    match = np.array([at.get(row.tobytes(), -1) for row in known], dtype=np.intp)
    old, new = np.flatnonzero(match >= 0), np.flatnonzero(match < 0)
    if len(old) < MOSTLY * max(len(known), len(earlier.known)):
        return None
    moved = dict(zip(earlier.columns[match[old]].tolist(), columns[old].tolist(), strict=True))
    weights = np.zeros((len(known), len(rows) + 1), dtype=earlier.weights.dtype)
    weights[np.ix_(old, list(moved.values()))] = earlier.weights[np.ix_(match[old], list(moved))]
    if len(new):
        left = _targets(columns, len(rows) + 1)[new] - _kernel(known[new], known[old]) @ weights[old]
        among = _kernel(known[new], known[new])
        among[np.diag_indices_from(among)] += RIDGE
        weights[new] = np.linalg.solve(among, left)
    same = not len(new) and len(old) == len(earlier.known) and len(set(moved.values())) == len(moved)
    kept = same and np.array_equal([moved[one] for one in earlier.columns[match[old]].tolist()], columns[old])
    return QuestionMatcher(known, weights, rows, columns, exact=bool(kept and earlier.exact))


def _targets(columns: Rows, width: int) -> Matrix:
    targets = np.zeros((len(columns), width), dtype=np.float32)
    targets[np.arange(len(columns)), columns] = 1
    return targets


def prepare(vectors: Matrix) -> Matrix:
    """Rows of unit length in which meaning and wording have their weights."""
    half = vectors.shape[1] // 2
    scale = np.sqrt(np.repeat([1.0, WORDING], half) / (1 + WORDING)).astype(np.float32)
    unit: Matrix = vectors * scale
    return unit


def _kernel(some: Matrix, others: Matrix) -> Matrix:
    likeness: Matrix = np.exp(np.float32(NARROWNESS) * (some @ others.T - np.float32(1)))
    return likeness
