"""Contact details are entities of the message, found once, in the engine."""

from __future__ import annotations

from rasa.shared.nlu.training_data.message import Message

from engine.components.contact_extractor import ContactExtractor


def test_an_address_and_a_number_are_entities_of_the_text_as_typed() -> None:
    text = "I'm Kim, kim @ example.org or 07700 900123"
    (heard,) = ContactExtractor().process([Message({"text": text})])
    found = {one["entity"]: one for one in heard.get("entities")}
    assert found["email"]["value"] == "kim@example.org"
    assert text[found["email"]["start"] : found["email"]["end"]] == "kim @ example.org"
    assert (found["phone"]["value"], found["phone"]["usable"]) == ("07700 900123", True)
    assert found["phone"]["extractor"] == "ContactExtractor"


def test_what_others_found_stays() -> None:
    known = {"entity": "body_part", "value": "ankle", "start": 0, "end": 5}
    (heard,) = ContactExtractor().process([Message({"text": "ankle, kim@example.org", "entities": [known]})])
    assert [one["entity"] for one in heard.get("entities")] == ["body_part", "email"]
