"""What takes a found phrase out of account: negation, history, supposition, somebody else's past, sayings.

After the ConText idea (Harkema et al. 2009): a cue word opens a scope, and what lies in it is not what is
happening now. The cues are data, in `scopes` of `data/red_flags.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from engine.components.red_flags.patterns import Span, tokenise

_SENTENCE_ENDS = frozenset(".!?;")
_TURNS = frozenset({"but", "however", "though", "although", "except", "yet", "now", "just", "because", "cos", "then"})
_SUBJECTS = frozenset(
    "i im ive my he hes his she shes her its it the a an there theres now we they".split()  # noqa: SIM905
)
_PERSONS = frozenset(
    {"i", "im", "ive", "he", "hes", "she", "shes", "its", "it", "theres", "there", "we", "they", "life"}
)
_PAST_YEAR = re.compile(r"19\d\d|20[01]\d|202[0-4]")
_PAUSES = frozenset({",", ":", "(", ")", "-", "–", "—", "..."})


@dataclass(frozen=True)
class Cues:
    """The cues of one scope; see the comment above `scopes` in the file."""

    before: Sequence[str] = ()
    after: Sequence[str] = ()
    clause: Sequence[str] = ()
    sentence: Sequence[str] = ()
    mask: Sequence[str] = ()
    unless: Sequence[str] = ()
    reach: int = 7


@dataclass(frozen=True)
class Context:
    """What of a text is out of account: tokens by number, and which scopes were seen."""

    masked: frozenset[int] = frozenset()
    negated: frozenset[int] = frozenset()
    past: frozenset[int] = frozenset()
    seen: frozenset[str] = field(default_factory=frozenset)

    def counts(self, span: Span, is_background: bool) -> bool:
        """Whether a match there counts; one that is background counts in the past too.

        Its first word decides: a "no" inside the phrase itself ("no feeling") takes nothing away.
        """
        if self.masked.intersection(range(*span)) or span[0] in self.negated:
            return False
        return is_background or span[0] not in self.past


class ConText:
    """Finds the scopes in a text."""

    def __init__(self, vocab: Vocab, scopes: Mapping[str, Cues]) -> None:
        self._scopes = dict(scopes)
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        for name, cues in scopes.items():
            for part in ("before", "after", "clause", "sentence", "mask", "unless"):
                docs = [tokenise(cue, vocab) for cue in getattr(cues, part)]
                if docs:
                    self._matcher.add(f"{name}/{part}", docs)

    def read(self, doc: Doc) -> Context:
        """The scopes of the text."""
        cues: dict[str, list[Span]] = {}
        for key, start, end in self._matcher(doc):
            cues.setdefault(doc.vocab.strings[key], []).append((start, end))
        years = [(token.i, token.i + 1) for token in doc if _PAST_YEAR.fullmatch(token.text)]
        if years and "history" in self._scopes:
            cues.setdefault("history/clause", []).extend(years)
        opened = _Opened()
        for name, spans in cues.items():
            scope, part = name.split("/")
            if part == "unless":
                continue
            for span in spans:
                if part == "mask" or not _inside(span, cues.get(f"{scope}/unless", ())):
                    opened.add(doc, part, span, self._scopes[scope].reach)
                    opened.seen.add(scope)
        return opened.context()


class _Opened:
    """Scopes while a text is read."""

    def __init__(self) -> None:
        self.masked: set[int] = set()
        self.negated: set[int] = set()
        self.past: set[int] = set()
        self.seen: set[str] = set()

    def add(self, doc: Doc, part: str, span: Span, reach: int) -> None:
        if part == "mask":
            self.masked.update(range(*span))
        elif part == "sentence":
            self.past.update(_around(doc, span, _SENTENCE_ENDS))
        elif part == "clause":
            self.past.update(_around(doc, span, _SENTENCE_ENDS | _PAUSES | {"but", "now"}))
        elif part == "before":
            self.negated.update(_ahead(doc, span[1], reach))
        else:
            self.negated.update(_behind(doc, span[0]))

    def context(self) -> Context:
        return Context(frozenset(self.masked), frozenset(self.negated), frozenset(self.past), frozenset(self.seen))


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _around(doc: Doc, span: Span, ends: frozenset[str]) -> range:
    start, end = span
    while start > 0 and doc[start - 1].text not in ends:
        start -= 1
    while end < len(doc) and doc[end].text not in ends:
        end += 1
    return range(start, end)


def _ahead(doc: Doc, start: int, reach: int) -> range:
    end = start
    while end < len(doc) and end < start + reach:
        word = doc[end].text
        if word in _SENTENCE_ENDS | _TURNS | _PAUSES or _begins_anew(doc, end, start):
            break
        end += 1
    return range(start, end)


def _begins_anew(doc: Doc, place: int, start: int) -> bool:
    following = doc[place + 1].text if place + 1 < len(doc) else ""
    if doc[place].text == "and":
        return following in _SUBJECTS
    if doc[start - 1].text == "without" and place > start and doc[place].text in _PERSONS:
        return True
    return doc[place].text == "its" and place > start and following in ("my", "the")


def _behind(doc: Doc, end: int) -> range:
    start = end
    while start > 0:
        word = doc[start - 1].text
        if word in _SENTENCE_ENDS or word == "but":
            break
        start -= 1
    return range(start, end)
