"""spaCy's EntityRuler, taught by the annotations, lookups and synonyms of the training data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.pipeline import EntityRuler
from spacy.tokens import Doc

from engine.components.entity_patterns import GAPS, Surface, gather_surfaces, stem
from engine.components.spelling import CORRECTION
from engine.components.tokenizer import CORRECTED_DOC
from engine.components.trained_component import TrainedComponent
from engine.learning.fingerprints import hash_files

_FILE = "surfaces.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class TaughtEntityRuler(TrainedComponent, EntityExtractorMixin):
    """Finds the taught phrases, longest first, whatever their capitals, plurals and apostrophes.

    It reads the corrected text; `start` and `end` are those of the text as typed, `value` is the synonym's.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._learn([])

    def restore(self, folder: Path) -> None:
        """The phrases kept in the model."""
        rows = json.loads((folder / _FILE).read_text())
        self._learn([Surface(tuple(row[0]), row[1], row[2]) for row in rows])

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the code that gathers phrases."""
        return hash_files("engine/components/entity_patterns.py", "engine/components/entity_ruler.py")

    @staticmethod
    def required_packages() -> list[str]:
        """Packages whose version training depends on."""
        return ["spacy"]

    def train(self, training_data: TrainingData) -> Resource:
        """Gathers the phrases and keeps them in the model."""
        surfaces = gather_surfaces(training_data)
        rows = [[list(surface.stems), surface.entity, surface.value] for surface in surfaces]
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(rows))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            if self._surfaces and message.get(CORRECTED_DOC) is not None:
                found = self.add_extractor_name(self._find(message))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _learn(self, surfaces: list[Surface]) -> None:
        self._surfaces = surfaces
        self._vocab = spacy.blank("en").vocab
        self._ruler = EntityRuler(spacy.blank("en", vocab=self._vocab), overwrite_ents=True)
        self._ruler.add_patterns(
            [
                {"label": surface.entity, "id": str(place), "pattern": _pattern(surface.stems)}
                for place, surface in enumerate(surfaces)
            ]
        )

    def _find(self, message: Message) -> list[dict[str, Any]]:
        doc: Doc = message.get(CORRECTED_DOC)
        stems = [token.text if token.text in GAPS else stem(token.text) for token in doc]
        read = self._ruler(Doc(self._vocab, words=stems)) if len(doc) else doc
        correction = message.get(CORRECTION)
        entities = []
        for entity in read.ents:
            span = doc[entity.start : entity.end]
            start, end = span.start_char, span.end_char
            if correction is not None:
                start, end = correction.locate(start, end)
            known = self._surfaces[int(entity.ent_id_)]
            entities.append({"entity": known.entity, "start": start, "end": end, "value": known.value})
        return entities


def _pattern(stems: tuple[str, ...]) -> list[dict[str, Any]]:
    """The stems in order; an apostrophe or a hyphen may stand between any two."""
    gap = {"ORTH": {"IN": sorted(GAPS)}, "OP": "?"}
    tokens: list[dict[str, Any]] = []
    for word in stems:
        tokens += [{"ORTH": word}, gap]
    return tokens[:-1]
