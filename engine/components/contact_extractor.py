"""E-mail addresses and phone numbers, by email-validator and phonenumbers: read once, before anything acts on them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from language.contacts import find_contacts


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ContactExtractor(GraphComponent, EntityExtractorMixin):
    """Adds `email` and `phone` entities, with `usable` and `manner` as in `language.contacts`; nothing is learned."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContactExtractor:
        """Called by Rasa."""
        return cls()

    @staticmethod
    def required_packages() -> list[str]:
        """Packages whose version training depends on."""
        return ["phonenumbers", "email_validator"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            found = [{"entity": one.kind, **_as_entity(asdict(one))} for one in find_contacts(message.get(TEXT) or "")]
            if found:
                entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
                message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _as_entity(contact: dict[str, Any]) -> dict[str, Any]:
    return {name: contact[name] for name in ("start", "end", "value", "usable", "manner")}
