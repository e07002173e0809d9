"""What visitors call an entity, gathered from annotations, lookups and synonyms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.open_entities import OPEN
from engine.components.tokenizer import blank_english

GAPS = frozenset({"-", "'s", "\u2019s", "'", "\u2019", "\u2013"})
_ANNOTATED = 1 / 3  # of a phrase's occurrences; annotated more rarely, it is mostly something else


@dataclass(frozen=True)
class Surface:
    """A phrase as stems, the entity it is and the value that stands for it."""

    stems: tuple[str, ...]
    entity: str
    value: str


def stem(word: str) -> str:
    """The word in lower case, without the ending of an English plural."""
    lower = word.lower()
    if len(lower) > 4 and lower.endswith("ies"):
        return lower[:-3] + "y"
    if len(lower) > 4 and lower.endswith(("sses", "xes", "ches", "shes")):
        return lower[:-2]
    if len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return lower[:-1]
    return lower


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a text's words, apostrophes and hyphens left out."""
    words = (token.text for token in blank_english().make_doc(text) if not token.is_space)
    return tuple(stem(word) for word in words if word not in GAPS)


def gather_surfaces(training_data: TrainingData) -> list[Surface]:
    """Each phrase once, with the entity and the value it has most often, in a fixed order."""
    votes: dict[tuple[str, ...], Counter[tuple[str, str]]] = {}
    sure: set[tuple[str, ...]] = set()
    types = _types_of_values(training_data)
    synonyms = {phrase.lower(): value for phrase, value in training_data.entity_synonyms.items()}
    for phrase, entity, value in _listed(training_data, types):
        stems = stems_of(phrase)
        sure.add(stems)
        votes.setdefault(stems, Counter())[entity, synonyms.get(value.lower(), value)] += 1
    for phrase, entity, value in _annotated(training_data):
        known = synonyms.get(phrase.lower(), synonyms.get(value.lower(), value))
        votes.setdefault(stems_of(phrase), Counter())[entity, known] += 1
    occurrences = _count(training_data, set(votes) - sure)
    return [
        Surface(stems, *max(sorted(counts), key=counts.__getitem__))
        for stems, counts in sorted(votes.items())
        if stems and (stems in sure or sum(counts.values()) >= _ANNOTATED * occurrences[stems])
    ]


def _annotated(training_data: TrainingData) -> Iterator[tuple[str, str, str]]:
    for example in training_data.entity_examples:
        for entity in example.get(ENTITIES):
            if entity[ENTITY_ATTRIBUTE_TYPE] in OPEN:
                continue
            phrase = example.get(TEXT)[entity[ENTITY_ATTRIBUTE_START] : entity[ENTITY_ATTRIBUTE_END]]
            yield phrase, entity[ENTITY_ATTRIBUTE_TYPE], str(entity[ENTITY_ATTRIBUTE_VALUE])


def _lookups(training_data: TrainingData) -> Iterator[tuple[str, str]]:
    for lookup in training_data.lookup_tables:
        if isinstance(lookup["elements"], list) and lookup["name"] not in OPEN:
            for element in lookup["elements"]:
                yield str(element), lookup["name"]


def _types_of_values(training_data: TrainingData) -> dict[str, str]:
    """The entity each value belongs to, which a synonym block does not say itself."""
    types = {value.lower(): entity for _, entity, value in _annotated(training_data)}
    return types | {element.lower(): entity for element, entity in _lookups(training_data)}


def _listed(training_data: TrainingData, types: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for element, entity in _lookups(training_data):
        yield element, entity, element
    for phrase, value in training_data.entity_synonyms.items():
        kind = types.get(value.lower()) or types.get(phrase.lower())
        if kind:
            yield phrase, kind, value
            yield value, kind, value


def _count(training_data: TrainingData, wanted: set[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """How often each phrase stands in the examples, annotated or not."""
    counts: Counter[tuple[str, ...]] = Counter()
    longest = max((len(stems) for stems in wanted), default=0)
    for example in training_data.intent_examples:
        stems = stems_of(example.get(TEXT) or "")
        for length in range(1, longest + 1):
            windows = (stems[i : i + length] for i in range(len(stems) - length + 1))
            counts.update(window for window in windows if window in wanted)
    return counts
