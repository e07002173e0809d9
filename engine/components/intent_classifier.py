"""Our intent classifier: a linear head on the sentence vector."""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.sentence_featurizer import sentence_vector
from engine.components.trained_component import TrainedComponent
from engine.learning.fingerprints import hash_files
from engine.learning.intents import load_heads, save_heads, weigh
from engine.learning.logistic_regression import Fitted, Linear, fit_calibrated, fold_of, hold_back, softmax

ENERGY = "energy"
TRUST = "trust"
TRUSTED = "trusted"
TRIED: ContextVar[Fitted | None] = ContextVar("tried", default=None)
"""A head to guess by within one trial turn, while every other message is guessed by the live one."""
_FILE = "head.npz"
_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(TrainedComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking`, `energy` (log-sum-exp of the logits), `trust` and `trusted`.

    `trust` is how far the largest logit is above the threshold; `trusted` is whether it is. Confidences are
    calibrated on held-out examples. The weights are kept as plain arrays, without pickle.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._head: Linear | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`: scikit-learn's C. `given_up`: the share of right guesses not to trust. `tuned`: the weight
        of the tuned layers beside what a thing is about.

        An intent of `reluctant` is guessed only where its logit is ahead by more than `reluctance`.
        """
        return {"strength": 30.0, "given_up": 0.03, "tuned": 1.0, "reluctant": [], "reluctance": 1.0}

    def restore(self, folder: Path) -> None:
        """The head kept in the model; one that was trained on nothing guesses nothing."""
        if (folder / _FILE).exists():
            self.use(load_heads(folder / _FILE))

    def use(self, fitted: Fitted) -> None:
        """Guess by this head from the next message on."""
        self._head = self._held_back(fitted)

    def _held_back(self, fitted: Fitted) -> Linear:
        return hold_back(fitted.head, self._config["reluctant"], self._config["reluctance"])

    @staticmethod
    def required_packages() -> list[str]:
        """Packages whose version training depends on."""
        return ["sklearn", "numpy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the code that learns."""
        return hash_files("engine/learning", "engine/components/intent_classifier.py")

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have an intent and a vector, and keeps the weights."""
        vectors = [(example, sentence_vector(example)) for example in training_data.intent_examples]
        told = [(example, vector) for example, vector in vectors if vector is not None]
        with self._storage.write_to(self._resource) as folder:
            if told:
                rows = self._weigh(np.stack([vector for _, vector in told]))
                labels = np.array([example.get(INTENT) for example, _ in told])
                folds = np.array([fold_of(example.get(TEXT)) for example, _ in told])
                options = self._config["strength"], self._config["given_up"]
                save_heads(folder / _FILE, fit_calibrated(rows, labels, options, folds))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classifies each message; one without a text, or with no training, gets no intent."""
        tried = TRIED.get()
        head = self._held_back(tried) if tried is not None else self._head
        for message in messages:
            vector = sentence_vector(message)
            if head is None or vector is None:
                self._set(message, [], 0.0, -1.0)
                continue
            logits = head.logits(self._weigh(vector[None, :]))[0]
            confidences = softmax(logits / head.temperature)
            order = np.argsort(-confidences, kind="stable")[:_RANKED]
            ranking = [{"name": str(head.labels[place]), "confidence": float(confidences[place])} for place in order]
            top = float(logits.max())
            energy = top + float(np.log(np.exp(logits - top).sum()))
            self._set(message, ranking, energy, top - head.threshold)
        return messages

    def _weigh(self, rows: np.ndarray) -> np.ndarray:
        return weigh(rows, self._config["tuned"])

    @staticmethod
    def _set(message: Message, ranking: list[dict[str, Any]], energy: float, trust: float) -> None:
        message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(ENERGY, energy, add_to_output=True)
        message.set(TRUST, trust, add_to_output=True)
        message.set(TRUSTED, trust >= 0, add_to_output=True)
