"""Messages without an English word to understand: another script, pictures alone, keys struck at random.

A rule, nothing is learned.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from engine.components.spelling import MASHED

# What a picture alone says; any other is asked back.
PICTURES = {
    "👍": "affirm",
    "👌": "affirm",
    "✅": "affirm",
    "👎": "deny",
    "🙅": "deny",
    "🙏": "thanks",
    "❤": "thanks",
    "👋": "greet",
}
NO_WORDS = "no_words"
LANGUAGE = "language"
KEYS_STRUCK = "test_message"
NAMED = 0.8  # how surely a word is somebody's name


def intent_of(text: str) -> str:
    """The intent of a message that holds no Latin word, or an empty string for one that does."""
    letters = [one for one in text if one.isalpha()]
    if letters:
        foreign = sum(not unicodedata.name(one, "").startswith("LATIN") for one in letters)
        return LANGUAGE if foreign * 2 > len(letters) else ""
    if any(one.isdigit() for one in text):
        return ""
    return next((intent for picture, intent in PICTURES.items() if picture in text), NO_WORDS)


def _is_sure(entity: Dict[str, Any]) -> bool:
    """Whether something was found for certain; a name is guessed of any word."""
    return bool(entity.get("confidence_entity", 1.0) >= NAMED)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NonLatin(GraphComponent):
    """Sets the intent of a message without English words, ahead of the head's guesses."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NonLatin":
        """Called by Rasa."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Put the intent in front where the message is without words."""
        for message in messages:
            mashed = message.get(MASHED) and not any(map(_is_sure, message.get(ENTITIES) or []))
            name = KEYS_STRUCK if mashed else intent_of(message.get(TEXT) or "")
            if name:
                found = {"name": name, "confidence": 1.0}
                ranking = [
                    one for one in message.get(INTENT_RANKING_KEY) or [] if one["name"] not in (name, "nlu_fallback")
                ]
                message.set(INTENT, found, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [found, *ranking], add_to_output=True)
        return messages
