"""Tags the names of a text with a learned conditional random field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from language.person_names.features import Word, features_of, words_of
from language.person_names.model import PersonName
from language.person_names.training import BEGIN, INSIDE

LEAST = 0.05  # likelier than this, a stretch is told of; whoever asked for a name may take it


class PersonTagger:
    """Finds names. Make one with `load`; one thread at a time."""

    def __init__(self, tagger: pycrfsuite.Tagger) -> None:
        self._tagger = tagger

    @classmethod
    def load(cls, path: Path) -> PersonTagger:
        """The tagger that `train` wrote."""
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        return cls(tagger)

    def find(self, text: str) -> list[PersonName]:
        """Every stretch that may be a name, in order, each with how sure it is."""
        words = words_of(text)
        if not words:
            return []
        self._tagger.set(features_of(words))
        likely = [self._likely(BEGIN, at) + self._likely(INSIDE, at) for at in range(len(words))]
        for at in range(1, len(words) - 1):
            if len(words[at].text) == 1 and words[at].text.isupper():  # "Kofi I Mensah"
                likely[at] = max(likely[at], min(likely[at - 1], likely[at + 1]))
        found = [_name(text, words, _trim(span, likely), likely) for span in _spans(likely)]
        return [one for one in found if not _DICTATED.search(text[: one.end])]

    def _likely(self, label: str, at: int) -> float:
        return float(self._tagger.marginal(label, at))


_DICTATED = re.compile(r"\b(?:question|exclamation) mark$", re.IGNORECASE)  # said to a phone that wrote it out


def _name(text: str, words: list[Word], span: range, likely: list[float]) -> PersonName:
    start, end = words[span[0]].start, words[span[-1]].end
    return PersonName(text[start:end], start, end, round(min(likely[at] for at in span), 3))


def _spans(likely: list[float]) -> Iterator[range]:
    """Runs of words that are each likelier a name than LEAST."""
    begin = None
    for at, share in enumerate([*likely, 0.0]):
        if share >= LEAST and begin is None:
            begin = at
        elif share < LEAST and begin is not None:
            yield range(begin, at)
            begin = None


def _trim(span: range, likely: list[float]) -> range:
    """The run without words at its ends that are a fifth as likely as the likeliest."""
    least = max(likely[at] for at in span) / 5
    kept = [at for at in span if likely[at] >= least]
    return range(kept[0], kept[-1] + 1)
