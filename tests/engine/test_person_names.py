"""Trainers teach where names stand by marking them; the names themselves need not be known."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import GraphComponent
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.entity_patterns import gather_surfaces
from engine.components.person_extractor import PersonExtractor
from engine.components.spelling import _words_of_values
from tests.engine.conftest import Trained, message

INTRODUCED = {
    "my name is Wilhelmina Stott": "Wilhelmina Stott",
    "hi it's tamika wells": "tamika wells",
    "Bartosz Lis, bartosz@example.org": "Bartosz Lis",
    "can you put it under Gudrun Holm": "Gudrun Holm",
}
OTHERWISE = ("Left Heel", "how much is it", "my ankle hurts", "tuesdays after four")
TAUGHT = Path(__file__).parents[2] / "data" / "nlu"


@pytest.fixture(scope="module")
def people() -> TrainingData:
    names = load_data(str(TAUGHT / "names.yml"))
    return names.merge(load_data(str(TAUGHT / "appointments.yml")))


def _names(extractor: GraphComponent, text: str) -> list[str]:
    heard = extractor.process([message(text)])[0]  # type: ignore[attr-defined]
    return [one["value"] for one in heard.get("entities", []) if one["confidence_entity"] > 0.5]


def test_names_that_were_never_taught_are_found_and_other_words_are_not(train: Trained, people: TrainingData) -> None:
    extractor = train(PersonExtractor, people)
    for said, name in INTRODUCED.items():
        assert _names(extractor, said) == [name]
    for said in OTHERWISE:
        assert _names(extractor, said) == []


def test_nobody_marked_teaches_nothing(train: Trained, training_data: TrainingData) -> None:
    assert _names(train(PersonExtractor, training_data), "I'm Kim Lee") == []


def test_names_of_examples_are_no_words_of_the_speller(people: TrainingData) -> None:
    assert "Featherstonehaugh" not in _words_of_values(people)
    assert "Abbott" not in _words_of_values(people)


def test_names_of_examples_are_no_phrases_of_the_lists(people: TrainingData) -> None:
    assert {one.entity for one in gather_surfaces(people)}.isdisjoint({"person", "given_name", "family_name"})
