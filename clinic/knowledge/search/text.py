"""Words for lexical comparison: stems of what carries meaning, and BM25 over them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import Stemmer

Scores = npt.NDArray[np.float32]
_WORD = re.compile(r"[a-z0-9£]+(?:['’][a-z]+)?")
_STOP_TEXT = """
a about after all also am an and any are as at be because been being but by can could d did do does doing don
dont even for from get gets getting give go goes going got had has have having he her here hers him his how i
if im in into is isn it its ive just know let ll like m may me might mine more most my myself no not now of
off on one or our out please re s said same say see she should so some something still such t tell than thank
thanks that the their them then there these they thing things this those to too up us ve very want was we well
were what whats when where which while who whom why will with without would you your yours hello hi really
"""
_STOP = frozenset(_STOP_TEXT.split())
_STEMMER = Stemmer.Stemmer("english")


def split_words(text: str) -> list[str]:
    """The words of a text in small letters, in order, punctuation left out."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def stem_words(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order; possessives lose their ending."""
    words = [word.removesuffix("'s").replace("'", "") for word in split_words(text)]
    return list(_STEMMER.stemWords([word for word in words if word not in _STOP]))


class Bm25:
    """Okapi BM25 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75) over a fixed list of texts."""

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> None:
        counts = [Counter(stem_words(text)) for text in texts]
        sizes = np.array([sum(one.values()) for one in counts], dtype=np.float32)
        mean = float(sizes.mean()) if len(sizes) and sizes.any() else 1.0
        found: dict[str, list[tuple[int, int]]] = {}
        for place, one in enumerate(counts):
            for word, count in one.items():
                found.setdefault(word, []).append((place, count))
        self.size = len(texts)
        self.idf = {word: self._weigh(len(places)) for word, places in found.items()}
        self._postings: dict[str, tuple[npt.NDArray[np.intp], Scores]] = {}
        for word, pairs in found.items():
            places = np.array([place for place, _ in pairs], dtype=np.intp)
            times = np.array([count for _, count in pairs], dtype=np.float32)
            damped = times * (k1 + 1) / (times + k1 * (1 - b + b * sizes[places] / mean))
            self._postings[word] = (places, (self.idf[word] * damped).astype(np.float32))

    def _weigh(self, texts: int) -> float:
        return math.log(1 + (self.size - texts + 0.5) / (texts + 0.5))

    def weight(self, stem: str) -> float:
        """How telling a stem is; a stem of no text weighs most."""
        return self.idf.get(stem, self._weigh(0))

    def holders(self, stem: str) -> npt.NDArray[np.intp]:
        """The places of the texts that hold a stem."""
        found = self._postings.get(stem)
        return found[0] if found else np.zeros(0, dtype=np.intp)

    def score(self, stems: Sequence[str]) -> Scores:
        """One score for each text, 0 where no stem is in it; a stem asked twice counts once."""
        scores = np.zeros(self.size, dtype=np.float32)
        for stem in dict.fromkeys(stems):
            if stem in self._postings:
                places, weights = self._postings[stem]
                scores[places] += weights
        return scores


_EQUAL = {
    "tendinitis": "tendonitis", "tendinopathy": "tendonitis", "tendinosis": "tendonitis", "feet": "foot",
    "calves": "calf", "teeth": "tooth",
}  # fmt: skip


def canonical(text: str) -> str:
    """Every word's stem in a row, between spaces, so that a name can be looked for as ` name `."""
    words = [_EQUAL.get(word, word) for word in split_words(text.replace("-", " ").replace("'", ""))]
    return f" {' '.join(_STEMMER.stemWords(words))} "
