"""Spelling put right for understanding only; what a visitor typed is what is stored and shown."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from symspellpy import SymSpell, Verbosity

from language.english import english_words, skeleton
from language.phone_speak import PHONE_SPEAK, UNLISTED

_DOMAIN_COUNT = 10**9  # more common than most of English: inside this house these words are likely
_COMMON = 2 * 10**6  # of a trillion words of web text; rarer ones are known, but never put in
_SHORTEST = 4
_LONG = 6  # from this length on two slips are thought possible
_JOINED = 7
_FOREIGN = 0.5
_PLAIN = re.compile(r"[A-Za-z]+")
_TOKEN = re.compile(
    r"""(?P<kept>\S*(?:@|://|www\.|\w\.\w)\S* | \S*\d\S* | \w+(?:['-]\w+)+ | (?:\b\w\.)+)
      | (?P<word>[^\W\d_]+)
      | (?P<rest>.)""",
    re.VERBOSE | re.DOTALL,
)
_BEFORE_NAME = {"called", "dr", "doctor", "mr", "mrs", "ms", "mx", "miss", "name's", "named"}


@dataclass(frozen=True)
class Change:
    """One word or more put in the place of one, which began at `start` in the text as it was typed."""

    typed: str
    read: str
    start: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Correction:
    """The text as it is best read, and what was changed in it, in order."""

    text: str
    changes: tuple[Change, ...] = ()

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """The span of the typed text that was read as `text[start:end]`; a changed word counts whole."""
        typed_start, typed_end, shift = start, end, 0
        for change in self.changes:
            begin = change.start + shift  # where the change stands in the corrected text
            finish = begin + len(change.read)
            shift += len(change.read) - len(change.typed)
            if begin < start:
                typed_start = change.start if start < finish else start - shift
            if begin < end:
                typed_end = change.start + len(change.typed) if end <= finish else end - shift
            if begin == start:
                typed_start = change.start
        return typed_start, typed_end


class Speller:
    """Corrects against general English (symspellpy's list of 82,765 words) and the words of a domain.

    A word of either list is never changed; nor are words under four letters outside the table of phone
    speak, capitalised words inside a sentence, e-mail and web addresses, or anything with a digit in it.
    A message of which half the words are in no list, nor near a word of the domain, is taken for another
    language and left alone.
    """

    def __init__(self, domain_words: Iterable[str]) -> None:
        self._domain = {word.lower() for text in domain_words for word in _PLAIN.findall(text)}
        self._domain |= {f"{word}s" for word in self._domain if len(word) >= _SHORTEST and word[-1] != "s"}
        self._known = self._domain | UNLISTED | PHONE_SPEAK.keys() | english_words().keys()
        self._speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in english_words().items():
            if count >= _COMMON:
                self._speller.create_dictionary_entry(word, count)
        for word in sorted(self._domain):
            self._speller.create_dictionary_entry(word, _DOMAIN_COUNT)

    def correct(self, text: str) -> Correction:
        """The normalised text with its misspelt words replaced; everything else stays as it was."""
        shouted = text.upper() == text
        tokens = list(_TOKEN.finditer(text))
        if self._is_foreign([token["word"] for token in tokens if token["word"]]):
            return Correction(text)
        pieces: list[str] = []
        changes: list[Change] = []
        before, opening = "", True
        for token in tokens:
            word = token.group()
            read = word
            if token["word"] and not _may_be_name(word, before, opening or shouted):
                read = self._read(word)
            if read != word:
                changes.append(Change(word, read, token.start()))
            pieces.append(read)
            if not word.isspace():
                before, opening = _context(word, before), word in ".!?"
        return Correction("".join(pieces), tuple(changes))

    def knows(self, word: str) -> bool:
        """Whether the word is in the English or the domain list, or is phone speak."""
        lower = word.lower()
        return lower in self._known or (lower.endswith("s") and lower[:-1] in self._known)

    def _is_foreign(self, words: list[str]) -> bool:
        long = [word for word in words if len(word) >= 3]
        strange = [word for word in long if not self.knows(word)]
        if len(long) < 4 or len(strange) <= _FOREIGN * len(long):
            return False
        unknown = sum(self._nearest(word.lower()) not in self._domain for word in strange)
        return unknown > _FOREIGN * len(long)

    def _read(self, word: str) -> str:
        lower = word.lower()
        if lower in PHONE_SPEAK:
            return PHONE_SPEAK[lower]
        if self.knows(word) or len(word) < _SHORTEST or not _PLAIN.fullmatch(word):
            return word
        return self._nearest(lower) or self._split(lower) or word

    def _nearest(self, word: str) -> str | None:
        reach = 2 if len(word) >= _LONG else 1
        found = self._speller.lookup(word, Verbosity.ALL, max_edit_distance=reach)
        likely = [
            entry
            for entry in found
            if entry.distance == 1 or entry.term in self._domain or skeleton(entry.term) == skeleton(word)
        ]
        ranked = [(self._cost(word, entry.term, entry.distance), entry.term) for entry in likely]
        return min(ranked)[1] if ranked else None

    def _cost(self, word: str, term: str, distance: int) -> float:
        cost = distance - 0.06 * math.log10(self._speller.words[term])
        cost += 0.5 * (term[0] != word[0]) + 0.3 * (term[-1] != word[-1])
        cost -= 0.5 * (skeleton(term) == skeleton(word))
        return cost - 0.3 * (term in self._domain)

    def _split(self, word: str) -> str | None:
        if len(word) < _JOINED:
            return None
        best: tuple[float, str] = (math.inf, "")
        for cut in range(3, len(word) - 2):
            left, right = self._part(word[:cut]), self._part(word[cut:])
            if left and right and {left[1], right[1]} & self._domain:
                best = min(best, (left[0] + right[0], f"{left[1]} {right[1]}"))
        return best[1] or None

    def _part(self, word: str) -> tuple[float, str] | None:
        if word in self._speller.words:
            return (1 / math.log10(self._speller.words[word] + 10), word)
        if len(word) < _SHORTEST:
            return None
        near = self._nearest(word)
        return (1.0, near) if near and near in self._domain else None


def _may_be_name(word: str, before: str, may_be_capital: bool) -> bool:
    return before in _BEFORE_NAME or before == "name is" or (word[0].isupper() and not may_be_capital)


def _context(word: str, before: str) -> str:
    lower = word.lower()
    return "name is" if lower == "is" and before == "name" else lower
