"""Spelling put right for understanding only; what a visitor typed is what is stored and shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from symspellpy import SymSpell, Verbosity

from language.abbreviations import PHONE_SPEAK
from language.english import skeleton
from language.letters import MASHED, plausibility
from language.name_guard import follow, introduces_name, is_slip, is_slip_of_name
from language.vocabulary import PLAIN, Vocabulary

_SHORTEST = 4
_PREFIX = 5  # letters by which words are found: 67 MB less than 7 in each process, and 1 ms more for a misspelt word
_LONG = 6  # from this length on two slips are thought possible
_LONGER = 10  # from here on they need not sound alike
_JOINED = 7
_WEIGHT = 0.25  # of a word being ten times likelier, in slips
_UNLIKELY = 9.0  # two words that together are rarer than this, as a power of ten, are not split apart
_FOREIGN = 0.5
_TOKEN = re.compile(
    r"""(?P<kept>\S*(?:@|://|www\.|\w\.\w)\S* | \S*\d\S* | (?:\b\w\.)+)
      | (?P<owner>[^\W\d_]+)(?='s(?![\w'-]))
      | (?P<joined>\w+(?:['-]\w+)+)
      | (?P<word>[^\W\d_]+)
      | (?P<rest>.)""",
    re.VERBOSE | re.DOTALL,
)


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
    """Corrects against general English and the words of a domain's texts, the likelier word first.

    A word of either list is never changed; nor are words under four letters outside the table of phone
    speak, e-mail and web addresses, or anything with a digit in it. A capitalised word inside a sentence may
    be a name: only one slip of a long word is put right, and only to a term that the texts use. A message of
    which half the words are in no list, nor near a word of the domain, is taken for another language and left
    alone.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = Vocabulary(texts)
        self._speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=_PREFIX)
        for word in sorted(self._words.chances):
            self._speller.create_dictionary_entry(word, 1)

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
            read = self._read_token(token, before, opening or shouted)
            if read != word:
                changes.append(Change(word, read, token.start()))
            pieces.append(read)
            if not word.isspace():
                before, opening = follow(word, before), word in ".!?"
        return Correction("".join(pieces), tuple(changes))

    def knows(self, word: str) -> bool:
        """Whether the word is in the English or the domain list, or is phone speak."""
        return self._words.knows(word)

    def is_mashed(self, text: str) -> bool:
        """Whether keys were struck at random: no word of it is known or looks like one, and nothing else is in it."""
        words = PLAIN.findall(text)
        if not words or any(one.isdigit() or one == "@" for one in text) or any(self.knows(one) for one in words):
            return False
        return max(map(len, words)) >= _SHORTEST and all(plausibility(one) < MASHED for one in words)

    def _read_token(self, token: re.Match[str], before: str, may_be_capital: bool) -> str:
        word = token.group()
        if token.lastgroup not in ("word", "owner") or introduces_name(before):
            return word
        if token["owner"] or (word[0].isupper() and not may_be_capital):
            return self._read_term(word)
        return self._read(word)

    def _is_foreign(self, words: list[str]) -> bool:
        long = [word for word in words if len(word) >= 3]
        strange = [word for word in long if not self.knows(word)]
        if len(long) < 4 or len(strange) <= _FOREIGN * len(long):
            return False
        unknown = sum(self._nearest(word.lower()) not in self._words.domain for word in strange)
        return unknown > _FOREIGN * len(long)

    def _read(self, word: str) -> str:
        lower = word.lower()
        if lower in PHONE_SPEAK:
            return PHONE_SPEAK[lower]
        if self.knows(word) or len(word) < _SHORTEST or not PLAIN.fullmatch(word):
            return word
        return self._nearest(lower) or self._split(lower) or word

    def _read_term(self, word: str) -> str:
        """A word that may be a name, or whose owner may: read as a term of the domain one slip away, if any."""
        lower = word.lower()
        if self.knows(word) or len(word) < _LONG - 1 or not PLAIN.fullmatch(word):
            return word
        near = self._nearest(lower, reach=1)
        if not near or len(near) < _LONG or not self._words.is_term(near):
            return word
        named = self._words.is_name(near)
        if (len(word) < _LONG and not named) or not (is_slip_of_name if named else is_slip)(lower, near):
            return word
        return near.capitalize() if word[0].isupper() else near

    def _nearest(self, word: str, reach: int = 2) -> str | None:
        reach = reach if len(word) >= _LONG else 1
        found = self._speller.lookup(word, Verbosity.ALL, max_edit_distance=reach)
        ranked = [
            (self._cost(word, entry.term, entry.distance), entry.term)
            for entry in found
            if entry.distance == 1 or self._is_likely(word, entry.term)
        ]
        return min(ranked)[1] if ranked else None

    def _is_likely(self, word: str, term: str) -> bool:
        """Whether a word two slips away may be meant."""
        alike = term[0] == word[0] and len(word) >= _LONGER and term in self._words.domain
        return alike or skeleton(term) == skeleton(word)

    def _cost(self, word: str, term: str, distance: int) -> float:
        cost = distance - _WEIGHT * self._words.chances[term]
        cost += 0.5 * (term[0] != word[0]) + 0.15 * (term[-1] != word[-1])
        return cost - 0.4 * (skeleton(term) == skeleton(word))

    def _split(self, word: str) -> str | None:
        if len(word) < _JOINED:
            return None
        best: tuple[float, str] = (_UNLIKELY, "")
        for cut in range(2, len(word) - 1):
            left, right = self._part(word[:cut]), self._part(word[cut:])
            if left and right and self._is_joined((word[:cut], word[cut:]), (left[1], right[1])):
                best = min(best, (left[0] + right[0], f"{left[1]} {right[1]}"))
        return best[1] or None

    def _is_joined(self, typed: tuple[str, str], read: tuple[str, str]) -> bool:
        """Whether two words may have been typed as one: a word of the domain, and one as it stands there."""
        ours = sum(map(self._words.is_used, read))
        return ours >= (1 if min(map(len, read)) > 2 else 2) and any(map(str.__eq__, typed, read))

    def _part(self, word: str) -> tuple[float, str] | None:
        chances = self._words.chances
        if word in chances and (len(word) > 2 or self._words.is_used(word)):
            return (-chances[word], word)
        near = self._nearest(word) if len(word) >= _SHORTEST else None
        if near and near[0] == word[0] and self._words.is_used(near):
            return (1.0 - chances[near], near)
        return None
