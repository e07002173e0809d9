"""Cosines of a question with many passages: exact for a few thousand, screened first beyond that."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float32]
EXACT = 5_000  # rows; up to here reading all of them takes less than a millisecond
AXES = 128  # of 384: about a third of the time, as reading memory is what costs
SAMPLE = 10_000


class VectorSearch:
    """Unit rows ready to be compared. `screen` reads all of them along their principal axes when there are many;
    `correct` says what their exact cosine differs by.
    """

    def __init__(self, rows: Matrix) -> None:
        self._rows = rows
        self._axes: Matrix | None = None
        if len(rows) > EXACT:
            some = rows[:: max(1, len(rows) // SAMPLE)].astype(np.float64)
            _, vectors = np.linalg.eigh(some.T @ some)
            self._axes = np.ascontiguousarray(vectors[:, -AXES:], dtype=np.float32)
            self._screen: Matrix = rows @ self._axes

    def screen(self, vector: Scores) -> Scores:
        """The cosine with each row, or an estimate where there are more than EXACT."""
        scores: Scores = self._rows @ vector if self._axes is None else self._screen @ (vector @ self._axes)
        return scores

    def correct(self, vector: Scores, few: npt.NDArray[np.intp], screened: Scores) -> Scores | float:
        """What to add to the `screened` cosines of these few rows to make them exact."""
        return 0.0 if self._axes is None else self._rows[few] @ vector - screened[few]
