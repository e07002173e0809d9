"""Says when the head's guess is not to be trusted, without losing the guess."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from engine.components.intent_classifier import TRUSTED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ConfidenceFallback(GraphComponent, IntentClassifier):
    """Puts `nlu_fallback` first where the intent classifier does not trust its guess, or is not certain enough of one
    that must be.

    The guess stays second in the ranking with its own confidence; the fallback's confidence is what that
    leaves of one.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._certain: dict[str, float] = config["certain"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`certain`: intents that are taken up from a confidence on, such as what begins a form."""
        return {"certain": {}}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConfidenceFallback:
        """It has nothing to learn: the threshold of trust is the head's."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Changes `intent` and `intent_ranking` of messages that are not trusted."""
        for message in messages:
            intent = message.get(INTENT) or {}
            guess = intent.get("confidence", 0.0)
            if not message.get(TRUSTED, True) or guess < self._certain.get(intent.get("name") or "", 0.0):
                fallback = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0 - guess}
                message.set(INTENT, fallback, add_to_output=True)
                ranking = [fallback, *message.get(INTENT_RANKING_KEY, [])]
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
