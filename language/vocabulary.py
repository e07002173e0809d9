"""The words a speller knows, general English and a domain's own, and how likely each is to be meant."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from language.abbreviations import PHONE_SPEAK, UNLISTED
from language.english import english_words

_INSIDE = re.compile(r"(?<=[a-z,;(] )[A-Z][a-z]+")  # a capital that opens no sentence
PLAIN = re.compile(r"[A-Za-z]+")
_OFFERED = 2 * 10**5  # of a trillion words of web text; rarer ones are known, but never put in
_ORDINARY = 5 * 10**6  # a word of everyday English
_LONG = 4
_OWN = 0.8  # the share of a message's words that come as the domain has them, not as the web has


class Vocabulary:
    """General English (symspellpy's list of 82,765 words) and the words of a domain's texts, each as often
    as it stands there. `chances` gives log10 of a word's probability for every word that may be put in.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        inside = Counter(word for text in texts for word in _INSIDE.findall(text))
        written = Counter(word for text in texts for word in PLAIN.findall(text))
        counts: Counter[str] = Counter()
        for word, count in written.items():
            counts[word.lower()] += count
        self._names = {word for word in counts if written[word.capitalize()] > written[word]}
        self._used = frozenset(counts)
        rare = {word for word in counts if english_words().get(word, 0) < _ORDINARY}
        self._terms = rare | {word for word in self._names if inside[word.capitalize()] > written[word]}
        forms = {form: counts[word] / 4 for word in counts for form in _other_forms(word) if form not in counts}
        self.domain: Mapping[str, float] = {**counts, **forms}
        self._known = self.domain.keys() | UNLISTED | PHONE_SPEAK.keys() | english_words().keys()
        self.chances = _find_chances(self.domain)

    def knows(self, word: str) -> bool:
        """Whether the word is in the English or the domain list, or is phone speak."""
        lower = word.lower()
        return lower in self._known or (lower.endswith("s") and lower[:-1] in self._known)

    def is_term(self, word: str) -> bool:
        """Whether the domain's texts use the word, and as a name or as one that everyday English lacks."""
        return word in self._terms

    def is_name(self, word: str) -> bool:
        """Whether the domain's texts write the word with a capital more often than without."""
        return word in self._names

    def is_used(self, word: str) -> bool:
        """Whether the domain's texts have the word in this very form."""
        return word in self._used


def _other_forms(word: str) -> list[str]:
    if len(word) < _LONG:
        return []
    if not word.endswith("s"):
        return [f"{word}s"]
    return [word[:-1]] if word[:-1] in english_words() else []


def _find_chances(domain: Mapping[str, float]) -> dict[str, float]:
    english = english_words()
    of_web, of_domain = sum(english.values()), sum(domain.values())
    chances = {word: (1 - _OWN) * count / of_web for word, count in english.items() if count >= _OFFERED}
    for word, count in domain.items():
        chances[word] = chances.get(word, 0.0) + _OWN * count / of_domain
    return {word: math.log10(chance) for word, chance in chances.items()}
