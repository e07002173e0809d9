"""The sentence encoder as a featurizer, tied to the model by its hash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.spelling import CORRECTED
from engine.components.trained_component import TrainedComponent
from engine.learning.embedding_cache import encode_taught
from engine.learning.fingerprints import hash_files, load_encoder
from language.tuned_layers import FOLDER

_FILE = "encoder.hash"
_TUNED = f"{FOLDER}/tuned.json"


class EncoderChanged(RasaException):
    """The model was trained with another encoder than the one that is here."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(TrainedComponent):
    """Gives each message one dense sentence feature (1, 1152): the corrected text as the encoder sees it."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._encoder = load_encoder(config["encoder"])  # the one that is here now; raises as `Encoder.load` does

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`encoder`: the folder it was built into, from the repository's root."""
        return {"encoder": "models/encoder"}

    def restore(self, folder: Path) -> None:
        """Nothing, if the encoder is the one the model was trained with; else EncoderChanged."""
        trained = (folder / _FILE).read_text()
        if trained != self._encoder.tuned_hash:
            raise EncoderChanged(
                f"This model was trained with another sentence encoder ({trained[:12]}…) than the one in "
                f"{self._config['encoder']} ({self._encoder.tuned_hash[:12]}…): train again, or run make setup to "
                "build the encoder it was trained with."
            )

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the encoder."""
        return hash_files(f"{(cls.get_default_config() | config)['encoder']}/encoder.json", _TUNED, "language")

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the encoder's hash in the model; the encoder itself does not learn."""
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(self._encoder.tuned_hash)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the feature to the examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to each message with a text."""
        told = [message for message in messages if message.get(TEXT)]
        texts = [message.get(CORRECTED) or message.get(TEXT) for message in told]
        rows = encode_taught(self._encoder, texts)
        for message, row in zip(told, rows, strict=True):
            message.add_features(Features(row[None, :], FEATURE_TYPE_SENTENCE, TEXT, type(self).__name__))
        return messages


def sentence_vector(message: Message) -> np.ndarray | None:
    """The row of `encode_tuned` (1152) that the featurizer gave a message; None where it gave none."""
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else sentence.features[0]
