"""The phrase syntax of `data/red_flags.yml`: plain words to spaCy patterns, and rules over what they found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from language.text import normalise

NEARBY = 45  # tokens between the first and the last word a rule puts together
_GAP = 3
_KEEPING_S = frozenset(["it", "he", "she", "that", "there", "what", "who", "where", "how", "here", "let"])
_LIST_NAME = re.compile(r"[A-Z][A-Z_]+$")
_TOKEN = re.compile(r"\d+(?:[./]\d+)*[a-z]*|[^\W_]+(?:'[^\W_]+)*|\.\.\.|[^\w\s]", re.UNICODE)

Span = tuple[int, int]


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Rule:
    """All `terms` close together and none of `without`; each term is a set of alternatives."""

    terms: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()


def tokenise(text: str, vocab: Vocab) -> Doc:
    """The text in small letters, a token for each word and punctuation mark.

    Apostrophes go: "can't" is "cant", and "the ankle's" is "the ankle", but "it's" is "its".
    """
    words = [_plain_word(word) for word in _TOKEN.findall(normalise(text).lower()) if word not in "-'"]
    return Doc(vocab, words=words or ["."])


def _plain_word(word: str) -> str:
    stem = word[:-2]
    return stem if word.endswith("'s") and stem not in _KEEPING_S else word.replace("'", "")


def parse_rule(line: str) -> Rule:
    """One line of `phrases`. Raises PhraseError."""
    terms: list[tuple[str, ...]] = []
    without: list[str] = []
    for part in line.split(" + "):
        term = part.strip()
        excluded = term.startswith("without ")
        options = _alternatives(term[len("without ") :] if excluded else term, line)
        if excluded:
            without.extend(options)
        else:
            terms.append(options)
    if not terms:
        raise PhraseError(f"`{line}` says only what must not be there")
    return Rule(tuple(terms), tuple(without))


def _alternatives(term: str, line: str) -> tuple[str, ...]:
    bare = term.strip()
    if bare.startswith("(") != bare.endswith(")"):
        raise PhraseError(f"`{line}` has a bracket without its pair")
    options = tuple(option.strip() for option in bare.strip("()").split("|"))
    if not all(options):
        raise PhraseError(f"`{line}` has an empty alternative")
    return options


def list_words(block: str) -> tuple[str, ...]:
    """The phrases of one list under `words`."""
    return tuple(phrase.strip() for phrase in re.split(r"[|\n]", block) if phrase.strip())


class PhraseBook:
    """Finds every phrase of the rules and lists in a text, and tells which rules hold."""

    def __init__(self, vocab: Vocab, lists: Mapping[str, Sequence[str]], rules: Iterable[Rule]) -> None:
        self._vocab = vocab
        self._lists_of: dict[str, set[str]] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                self._lists_of.setdefault(phrase, set()).add(name)
        self._known = set(lists)
        spelt = set(self._lists_of) | {option for rule in rules for option in self._plain(rule)}
        self._plain_matcher = PhraseMatcher(vocab, attr="ORTH")
        self._matcher = Matcher(vocab)
        self._beginnings: set[str] = set()
        for phrase in sorted(spelt):
            self._add(phrase)

    def _plain(self, rule: Rule) -> list[str]:
        options = [option for term in rule.terms for option in term] + list(rule.without)
        unknown = [one for one in options if _LIST_NAME.match(one) and one not in self._known]
        if unknown:
            raise PhraseError(f"there is no list {unknown[0]} under `words`")
        return [one for one in options if one not in self._known]

    def _add(self, phrase: str) -> None:
        words = [word.replace("'", "") for word in phrase.lower().replace("-", " ").split()]
        if not any("*" in word or word == "..." for word in words):
            doc = tokenise(phrase, self._vocab)
            self._plain_matcher.add(phrase, [doc])
            return
        if len(words) == 1:
            self._beginnings.add(words[0][:-1])
            return
        pattern: list[dict[str, object]] = []
        for word in words:
            if word == "...":
                pattern.extend({"IS_PUNCT": False, "OP": "?"} for _ in range(_GAP))
            elif word.endswith("*"):
                pattern.append({"ORTH": {"REGEX": "^" + re.escape(word[:-1])}})
            elif word != "*":
                pattern.append({"ORTH": word})
        self._matcher.add(phrase, [pattern], greedy="LONGEST")

    def find(self, doc: Doc) -> dict[str, list[Span]]:
        """Where each phrase occurs, under its own text and under every list that holds it."""
        found: dict[str, list[Span]] = {}
        matchers = (one for one in (self._plain_matcher, self._matcher) if len(one))
        matches = [match for matcher in matchers for match in matcher(doc)]
        hits = [(self._vocab.strings[key], start, end) for key, start, end in matches]
        for phrase, start, end in hits + self._begin(doc):
            for name in (phrase, *self._lists_of.get(phrase, ())):
                found.setdefault(name, []).append((start, end))
        return found

    def _begin(self, doc: Doc) -> list[tuple[str, int, int]]:
        # Faster than the matcher's regular expressions, of which every token would meet every one.
        return [
            (f"{word[:length]}*", place, place + 1)
            for place, word in enumerate(token.text for token in doc)
            for length in range(1, len(word) + 1)
            if word[:length] in self._beginnings
        ]


def holds(rule: Rule, found: Mapping[str, list[Span]]) -> bool:
    """Whether the terms of the rule are there, side by side, each with words of its own."""
    known = found.keys()
    if any(known.isdisjoint(term) for term in rule.terms) or not known.isdisjoint(rule.without):
        return False
    places = [sorted({span for option in term for span in found.get(option, ())}) for term in rule.terms]
    return _arrange(sorted(places, key=len), ()) is not None


def _arrange(places: list[list[Span]], taken: tuple[Span, ...]) -> tuple[Span, ...] | None:
    if not places:
        return taken
    for start, end in places[0]:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        if any(max(end, other_end) - min(start, other_start) > NEARBY for other_start, other_end in taken):
            continue
        rest = _arrange(places[1:], (*taken, (start, end)))
        if rest is not None:
            return rest
    return None
