"""Vectors that were kept, by the hash of their text; the few that are missing are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clinic.knowledge.search.embedded_texts import WIDTH, Matrix, Vectors, hash_question, hash_text


@dataclass(frozen=True, slots=True)
class CachedEncoder:
    """Vectors of the store (float32, little-endian), and the encoder for those that it lacks."""

    kept: Mapping[str, bytes]
    encoder: Vectors

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row for each text."""
        return self._look_up(texts, [hash_text(text) for text in texts], self.encoder.encode, WIDTH)

    def encode_wording(self, texts: Sequence[str]) -> Matrix:
        """One row, twice as wide, for each question."""
        return self._look_up(texts, [hash_question(text) for text in texts], self.encoder.encode_wording, 2 * WIDTH)

    def _look_up(
        self, texts: Sequence[str], keys: Sequence[str], encode: Callable[[Sequence[str]], Matrix], width: int
    ) -> Matrix:
        rows = np.zeros((len(texts), width), dtype=np.float32)
        missing = [place for place, key in enumerate(keys) if key not in self.kept]
        for place, key in enumerate(keys):
            if key in self.kept:
                rows[place] = np.frombuffer(self.kept[key], dtype="<f4")
        if missing:
            rows[missing] = encode([texts[place] for place in missing])
        return rows
