"""How English a word looks by its letters: a model of letter trigrams over the English list."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache

from language.english import english_words

_SMOOTHING = 0.1
_SYMBOLS = 27  # the letters, and the end of a word
MASHED = -5.1
"""Mean log2 probability of a letter below which a word in no list was hardly meant as one: 1% of English words and 5%
of the names in data/nlu/names.yml lie below it, and 96% of keys struck at random along a row or all over the board.
"""


def plausibility(word: str) -> float:
    """The mean log2 probability of its letters, each given the two before it (additive smoothing); at most 0."""
    pairs, triples = _counts()
    spelt = f"^^{word.lower()}$"
    chances = [
        (triples[spelt[at - 2 : at + 1]] + _SMOOTHING) / (pairs[spelt[at - 2 : at]] + _SMOOTHING * _SYMBOLS)
        for at in range(2, len(spelt))
    ]
    return sum(math.log2(chance) for chance in chances) / len(chances)


@lru_cache(maxsize=1)
def _counts() -> tuple[Counter[str], Counter[str]]:
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for word in english_words():
        spelt = f"^^{word}$"
        triples.update(spelt[at - 2 : at + 1] for at in range(2, len(spelt)))
        pairs.update(spelt[at - 2 : at] for at in range(2, len(spelt)))
    return pairs, triples
