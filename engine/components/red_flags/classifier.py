"""The learned part of the red-flag detector: does a message belong with the examples or with the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.components.red_flags.kernel_machine import WIDTH
from engine.components.red_flags.ngrams import Matrix, Wording

MEANING = 5.0  # weight of the sentence vector beside
MEANING_WIDTH = 768  # numbers of a sentence vector
EVIDENCE = 0.4  # each list, rule or sign met


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
        result *= -WIDTH
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


def features(vectors: Matrix, columns: Sequence[Sequence[int]], width: int) -> Matrix:
    """Rows of sentence vector and evidence side by side."""
    met = np.zeros((len(vectors), width), dtype=np.float32)
    for row, places in enumerate(columns):
        met[row, list(places)] = EVIDENCE
    return np.hstack([MEANING * vectors, met]).astype(np.float32)
