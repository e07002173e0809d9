from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.message import Message

from engine.components.non_latin import NonLatin, intent_of


@pytest.mark.parametrize("text", ["为什么我的脚跟疼", "ألم في الكعب", "болит пятка", "एड़ी में दर्द", "こんにちは"])
def test_another_script_is_met_as_another_language(text: str) -> None:
    assert intent_of(text) == "language"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("👍", "affirm"), ("👎👎", "deny"), ("🙏🏽", "thanks"), ("🩰🩰", "no_words"), ("???", "no_words")],
)
def test_pictures_alone_say_what_they_say(text: str, intent: str) -> None:
    assert intent_of(text) == intent


@pytest.mark.parametrize(
    "text", ["ok 👍", "heel hurts 😭", "07700 900123", "Czy mówisz po polsku?", "my name is 王小明, hello"]
)
def test_a_message_with_words_is_left_to_the_head(text: str) -> None:
    assert intent_of(text) == ""


@pytest.mark.parametrize(
    ("entities", "intent"),
    [
        ([], "test_message"),
        ([{"entity": "person", "value": "qwpoeiruty", "confidence_entity": 0.2}], "test_message"),
        ([{"entity": "person", "value": "Ngozi", "confidence_entity": 0.95}], "thanks"),
        ([{"entity": "phone", "value": "x"}], "thanks"),
    ],
)
def test_keys_struck_at_random_are_not_understood_unless_they_are_a_name(
    entities: list[dict[str, object]], intent: str
) -> None:
    message = Message({"text": "qwpoeiruty", "mashed": True, "intent": {"name": "thanks"}, "entities": entities})
    assert NonLatin().process([message])[0].get("intent")["name"] == intent
