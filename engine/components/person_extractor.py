"""People's names, by a conditional random field that learns from the names annotated in data/nlu."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.open_entities import NAME_LISTS, PERSON
from engine.components.trained_component import TrainedComponent
from engine.learning.fingerprints import hash_files
from language.person_names.tagger import PersonTagger
from language.person_names.training import Annotated, train

_FILE = "names.crf"
_SHARE = 0.25  # of the examples of intents in which nobody is named


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PersonExtractor(TrainedComponent, EntityExtractorMixin):
    """Adds `person` entities of the text as typed, each with `confidence_entity`; unlikely ones too.

    It learns from examples with a name marked as `person`, from a share of the others, and puts the names of the
    lookups `given_name` and `family_name` in the places of those that are marked.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._tagger: PersonTagger | None = None

    def restore(self, folder: Path) -> None:
        """The tagger kept in the model; one that had nobody to learn from finds nobody."""
        if (folder / _FILE).exists():
            self._tagger = PersonTagger.load(folder / _FILE)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the code that learns and tags, and with the library that does it."""
        code = hash_files("language/person_names", "language/contacts", "engine/components/person_extractor.py")
        return f"{code} {version('python-crfsuite')}"

    def train(self, training_data: TrainingData) -> Resource:
        """Learns where names stand, and keeps that in the model."""
        examples = list(_examples(training_data))
        with self._storage.write_to(self._resource) as folder:
            if any(one.names for one in examples):
                given, family = (_listed(training_data, name) for name in NAME_LISTS)
                train(examples, given, family, folder / _FILE)
                self._tagger = PersonTagger.load(folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            found = [
                {
                    "entity": PERSON,
                    "start": one.start,
                    "end": one.end,
                    "value": one.value,
                    "confidence_entity": one.confidence,
                }
                for one in (self._tagger.find(message.get(TEXT) or "") if self._tagger else ())
            ]
            if found:
                entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
                message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _examples(training_data: TrainingData) -> Iterator[Annotated]:
    told = [(example, _names(example)) for example in training_data.intent_examples]
    naming = {example.get(INTENT) for example, names in told if names}
    for example, names in told:
        text = example.get(TEXT) or ""
        if names or example.get(INTENT) in naming or _number(text) < _SHARE:
            yield Annotated(text, names)


def _names(example: Message) -> tuple[tuple[int, int], ...]:
    entities = example.get(ENTITIES) or []
    return tuple((one["start"], one["end"]) for one in entities if one["entity"] == PERSON)


def _number(text: str) -> float:
    """Between 0 and 1, fixed by the words: a new example moves no other."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:6], 16) / 16**6


def _listed(training_data: TrainingData, name: str) -> list[str]:
    lists = [one["elements"] for one in training_data.lookup_tables if one["name"] == name]
    return [str(element) for elements in lists if isinstance(elements, list) for element in elements]
