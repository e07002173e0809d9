"""Puts spelling right before anything else looks at a message; the stored text stays the visitor's."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, ENTITY_ATTRIBUTE_TYPE, ENTITY_ATTRIBUTE_VALUE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.open_entities import OPEN
from engine.components.trained_component import TrainedComponent
from engine.learning.fingerprints import ROOT, hash_files
from language.english import is_english
from language.lay_words import LayWords
from language.spelling import Speller
from language.text import normalise, without_kisses

CORRECTED = "corrected"
CORRECTION = "correction"
CHANGES = "spelling"
MASHED = "mashed"
_LAY_WORDS = "data/lay_words.yml"
_OFTEN = 2  # examples with a word before it is thought likelier than other English words
_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(TrainedComponent):
    """Sets `corrected`, the text as it is best read, `correction`, with what was changed where, and `mashed` where keys
    were struck at random.

    The parse shows the changes as `spelling`, pairs of what was typed and what was read, where there are any.

    Its words are those the training data uses, as often as it does, from entity values, synonyms' values,
    lookups and repeated words of the examples, and the clinical words of data/lay_words.yml.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._words: Counter[str] = Counter()  # untrained it knows general English alone
        self._speller: Speller | None = None

    def restore(self, folder: Path) -> None:
        """The words kept in the model."""
        self._words = Counter(json.loads((folder / _FILE).read_text()))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the lay words and with the code that corrects."""
        return hash_files(_LAY_WORDS, "language", "engine/components/spelling.py")

    def train(self, training_data: TrainingData) -> Resource:
        """Counts the words of the training data and keeps them in the model."""
        clinical = Counter(LayWords.load(ROOT / _LAY_WORDS).clinical_words)
        self._words = clinical | _words_of_values(training_data) | _repeated_words(training_data)
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._words, sort_keys=True))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Corrects the examples as messages will be."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `corrected` and `correction` on each message with a text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                speller = self._known_words()
                correction = speller.correct(text)
                message.set(MASHED, speller.is_mashed(correction.text))
                message.set(CORRECTION, correction)
                message.set(CORRECTED, without_kisses(normalise(correction.text)))
                if correction.changes:
                    changes = [[one.typed, one.read] for one in correction.changes]
                    message.set(CHANGES, changes, add_to_output=True)
        return messages

    def _known_words(self) -> Speller:
        if self._speller is None:
            self._speller = Speller(self._words.elements())
        return self._speller


def _words_of_values(training_data: TrainingData) -> Counter[str]:
    values = list(training_data.entity_synonyms.values())
    for lookup in training_data.lookup_tables:
        values += lookup["elements"] if isinstance(lookup["elements"], list) and lookup["name"] not in OPEN else []
    for example in training_data.entity_examples:
        marked = [one for one in example.get(ENTITIES) if one[ENTITY_ATTRIBUTE_TYPE] not in OPEN]
        values += [str(entity[ENTITY_ATTRIBUTE_VALUE]) for entity in marked]
    return Counter(word for value in values for word in _split(value))


def _repeated_words(training_data: TrainingData) -> Counter[str]:
    texts = [example.get(TEXT) or "" for example in training_data.intent_examples]
    counts = Counter(word for text in texts for word in set(_split(text.lower())))
    return Counter({word: count for word, count in counts.items() if count >= _OFTEN and is_english(word)})


def _split(text: str) -> list[str]:
    return [word for word in text.split() if word.isalpha() and len(word) > 2]
