"""The wording of a message beside its meaning: how much its words and pairs of words speak for an emergency."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+|\?")


@dataclass(frozen=True)
class Wording:
    """A weight for each word and pair of words learned."""

    weights: Mapping[str, float]
    rarity: Mapping[str, float]

    def score(self, text: str) -> float:
        """The weights of the text's words, rare ones counting more, whatever its length; 0 when all are new."""
        counts = Counter(term for term in terms_of(text) if term in self.rarity)
        parts = {term: (1 + math.log(count)) * self.rarity[term] for term, count in counts.items()}
        length = math.sqrt(sum(part * part for part in parts.values()))
        return sum(part * self.weights[term] for term, part in parts.items()) / length if length else 0.0

    def rows(self, texts: Sequence[str]) -> Any:
        """A sparse row of length one for each text, a column a term in the order of `rarity`."""
        from scipy.sparse import csr_matrix

        column = {term: place for place, term in enumerate(self.rarity)}
        data, columns, ends = list[float](), list[int](), [0]
        for text in texts:
            counts = Counter(term for term in terms_of(text) if term in column)
            parts = [(1 + math.log(count)) * self.rarity[term] for term, count in counts.items()]
            length = math.sqrt(sum(part * part for part in parts))
            data += [part / length for part in parts]
            columns += [column[term] for term in counts]
            ends.append(len(data))
        return csr_matrix((np.array(data, dtype=np.float32), columns, ends), shape=(len(texts), len(column)))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything, for numpy.savez."""
        terms = list(self.weights)
        return {
            "terms": np.array(terms, dtype=np.str_),
            "term_weights": np.array([self.weights[term] for term in terms], dtype=np.float32),
            "term_rarity": np.array([self.rarity[term] for term in terms], dtype=np.float32),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Wording:
        """The wording that `arrays` described."""
        terms = arrays["terms"].tolist()
        columns = (arrays[name].tolist() for name in ("term_weights", "term_rarity"))
        weights, rarity = (dict(zip(terms, column, strict=True)) for column in columns)
        return cls(weights, rarity)


class TermTable:
    """The terms of the texts learned from: a sparse row of length one for each text."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        counted = TfidfVectorizer(analyzer=terms_of, sublinear_tf=True, min_df=2, dtype=np.float32)
        self.rows = counted.fit_transform(texts)
        self._terms = counted.get_feature_names_out().tolist()
        self._rarity = counted.idf_.tolist()

    def weigh(self, chosen: npt.NDArray[np.int64], weights: Matrix) -> Wording:
        """The wording of a machine that gives the `chosen` texts these weights."""
        summed = (self.rows[chosen].T @ weights).tolist()
        return Wording(
            dict(zip(self._terms, summed, strict=True)),
            dict(zip(self._terms, self._rarity, strict=True)),
        )


def terms_of(text: str) -> list[str]:
    """The words of a text in small letters without apostrophes, and each two in a row."""
    words = _WORD.findall(text.lower().replace("'", ""))
    return words + [f"{first} {second}" for first, second in pairwise(words)]
