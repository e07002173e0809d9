"""The evidence in a message: which lists and rules of `data/red_flags.yml` it meets, out-of-account words apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import spacy

from engine.components.red_flags.negation import ConText
from engine.components.red_flags.patterns import PhraseBook, Rule, Span, holds, tokenise
from engine.components.red_flags.training_file import CardTrainings

_LONG = 30  # words; a longer message is also looked at two sentences at a time
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+")
_FIRST_PERSON = frozenset(["i", "im", "ive", "my", "me", "mine"])


@dataclass(frozen=True)
class RuleFeatures:
    """Lists, rules (by the key of their card) and other signs met.

    `ruled_out` are the rules that would be met but for what takes words out of account: a sign denied or over.
    """

    lists: frozenset[str]
    keys: frozenset[str]
    signs: frozenset[str]
    ruled_out: frozenset[str] = frozenset()


class EvidenceFinder:
    """Reads texts against the lessons with spaCy's matchers."""

    def __init__(self, lessons: CardTrainings) -> None:
        vocab = spacy.blank("en").vocab
        self._vocab = vocab
        self._lessons = lessons
        self._book = PhraseBook(vocab, lessons.lists, [rule for card in lessons.cards for rule in card.rules])
        self._context = ConText(vocab, lessons.scopes)
        self._rules = _by_rarest_term(lessons)
        self.names = self._feature_names()
        self._column = {name: column for column, name in enumerate(self.names)}

    def _feature_names(self) -> list[str]:
        signs = [f"scope:{name}" for name in self._lessons.scopes] + ["sign:question", "sign:me"]
        keys = [f"rule:{card.key}" for card in self._lessons.cards]
        return [f"list:{name}" for name in self._lessons.lists] + keys + ["rule:any"] + signs

    def read(self, text: str) -> RuleFeatures:
        """The evidence in one text."""
        doc = tokenise(text, self._vocab)
        context = self._context.read(doc)
        told = self._book.find(doc)
        found: dict[str, list[Span]] = {}
        for name, spans in told.items():
            background = name in self._lessons.background
            kept = [span for span in spans if context.counts(span, background)]
            if kept:
                found[name] = kept
        keys = self._met(found)
        ruled_out = self._met(told) - keys if found != told else frozenset()
        words = {token.text for token in doc}
        signs = {f"scope:{name}" for name in context.seen}
        signs |= {"sign:question"} if "?" in words else set()
        signs |= {"sign:me"} if words & _FIRST_PERSON else set()
        return RuleFeatures(frozenset(self._lessons.lists.keys() & found.keys()), keys, frozenset(signs), ruled_out)

    def _met(self, found: Mapping[str, list[Span]]) -> frozenset[str]:
        near = {key: rule for name in found for key, rule in self._rules.get(name, ())}
        return frozenset(card for (card, _), rule in near.items() if holds(rule, found))

    def columns(self, evidence: RuleFeatures) -> list[int]:
        """The columns of the evidence among `names`, for a linear model."""
        names = [f"list:{name}" for name in evidence.lists] + [f"rule:{key}" for key in evidence.keys]
        names += ["rule:any"] if evidence.keys else []
        return [self._column[name] for name in (*names, *evidence.signs)]


def _by_rarest_term(lessons: CardTrainings) -> dict[str, list[tuple[tuple[str, int], Rule]]]:
    """The rules under each word of their term with the fewest: where none of these stands, the rule cannot hold."""
    found: dict[str, list[tuple[tuple[str, int], Rule]]] = {}
    for card in lessons.cards:
        for number, rule in enumerate(card.rules):
            for option in min(rule.terms, key=len):
                found.setdefault(option, []).append(((card.key, number), rule))
    return found


def units(text: str) -> list[str]:
    """The message, and, when it is long, every two sentences in a row: what is hidden in a story stands out."""
    sentences = [one for one in _SENTENCE.split(text.strip()) if one.strip()]
    if len(text.split()) <= _LONG or len(sentences) < 3:
        return [text]
    return [text] + [" ".join(sentences[place : place + 2]) for place in range(len(sentences) - 1)]
