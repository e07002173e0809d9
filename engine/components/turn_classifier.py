"""Which kind of turn a message is in each phase of a conversation: taught in `data/turns.yml`, beside the intents."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.sentence_featurizer import sentence_vector
from engine.components.trained_component import TrainedComponent
from engine.learning.embedding_cache import encode_taught
from engine.learning.fingerprints import ROOT, hash_files, load_encoder
from engine.learning.intents import load_heads, save_heads, weigh
from engine.learning.logistic_regression import Fitted, fit
from engine.learning.turns import TurnHead, examples_of, read_turns
from language.tuned_layers import FOLDER

TURNS = "turns"
_HEAD, _TAUGHT = "turns.npz", "turns.yml"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TurnClassifier(TrainedComponent):
    """Sets `turns`: for each phase the likeliest kind of turn (`name`, "" for none) and its `confidence`.

    It changes no intent. It learns the kinds beside the intents, so that a plain question stays one in every phase.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._head: TurnHead | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`file`: what is taught, `encoder`: the folder of the sentence encoder, both from the root; `strength` and
        `tuned` as the intent classifier has them.
        """
        return {"file": "data/turns.yml", "encoder": "models/encoder", "strength": 2.0, "tuned": 1.0}

    def restore(self, folder: Path) -> None:
        """The head kept in the model, with the model's own copy of what was taught."""
        if (folder / _HEAD).exists():
            self._head = TurnHead(load_heads(folder / _HEAD).head, read_turns(folder / _TAUGHT))

    @staticmethod
    def required_packages() -> list[str]:
        """Packages whose version training depends on."""
        return ["sklearn", "numpy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with what is taught, the encoder and the code that learns."""
        told = cls.get_default_config() | config
        files = (told["file"], f"{told['encoder']}/encoder.json", f"{FOLDER}/tuned.json", "engine/learning")
        return hash_files(*files, "engine/components/turn_classifier.py")

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the file's kinds beside the intents of the examples that have a vector; raises DataFileError."""
        file = ROOT / Path(self._config["file"])
        turns = read_turns(file)
        texts, kinds = examples_of(turns)
        told = [(one, row) for one in training_data.intent_examples if (row := sentence_vector(one)) is not None]
        with self._storage.write_to(self._resource) as folder:
            if told and texts:
                encoder = load_encoder(self._config["encoder"])
                taught = encode_taught(encoder, texts)
                rows = self._weigh(np.vstack([np.stack([row for _, row in told]), taught]))
                labels = np.array([one.get(INTENT) for one, _ in told] + kinds)
                save_heads(folder / _HEAD, Fitted(fit(rows, labels, self._config["strength"])))
                shutil.copyfile(file, folder / _TAUGHT)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the kinds to each message that has a vector."""
        for message in messages:
            vector = sentence_vector(message)
            if self._head is not None and vector is not None:
                found = self._head.guess(self._weigh(vector[None, :])[0])
                kinds = {phase: {"name": name, "confidence": share} for phase, (name, share) in found.items()}
                message.set(TURNS, kinds, add_to_output=True)
        return messages

    def _weigh(self, rows: np.ndarray) -> np.ndarray:
        return weigh(rows, self._config["tuned"])
