"""Conditions, body parts and treatments are found as they were taught."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.components.entity_ruler import TaughtEntityRuler
from engine.components.spelling import SpellingCorrector
from engine.components.tokenizer import SpacyTokenizer
from tests.engine.conftest import Trained, message

Found = list[tuple[str, str, str]]


def _find(train: Trained, data: TrainingData, text: str) -> Found:
    said = [message(text)]
    train(SpellingCorrector).process(said)
    SpacyTokenizer(SpacyTokenizer.get_default_config()).process(said)
    train(TaughtEntityRuler, data).process(said)
    return [(e["entity"], e["value"], text[e["start"] : e["end"]]) for e in said[0].get("entities", [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is a steroid jab safe", [("treatment", "steroid injection", "steroid jab")]),
        ("STEROID JABS??", [("treatment", "steroid injection", "STEROID JABS")]),
        ("Cortisone then", [("treatment", "steroid injection", "Cortisone")]),
        ("what is dancers' heel", [("condition", "posterior ankle impingement", "dancers' heel")]),
        ("have i got dancers heel", [("condition", "posterior ankle impingement", "dancers heel")]),
        ("is PAI bad", [("condition", "posterior ankle impingement", "PAI")]),
        (
            "wot is posteror ankel impingemnt",
            [("condition", "posterior ankle impingement", "posteror ankel impingemnt")],
        ),
        (
            "achilles tendinopathy in both ankles",
            [("condition", "Achilles tendinopathy", "achilles tendinopathy"), ("body_part", "ankle", "ankles")],
        ),
        ("", []),
        ("my pain is painful", []),
    ],
)
def test_what_was_taught_is_found_where_it_was_typed(
    train: Trained, training_data: TrainingData, text: str, found: Found
) -> None:
    assert _find(train, training_data, text) == found


def test_a_new_annotation_teaches(train: Trained, training_data: TrainingData) -> None:
    assert _find(train, training_data, "my bunion") == []
    taught = "version: '3.1'\nnlu:\n- intent: ask\n  examples: |\n    - what about a [bunion](condition)\n"
    more = training_data.merge(RasaYAMLReader().reads(taught))
    assert _find(train, more, "my bunions") == [("condition", "bunion", "bunions")]


def test_a_word_annotated_once_and_left_alone_otherwise_is_not_an_entity(train: Trained) -> None:
    lines = "".join(f"    - point my toes {day}\n" for day in ("today", "at night", "a lot", "at school"))
    taught = f"version: '3.1'\nnlu:\n- intent: ask\n  examples: |\n    - what's the [point](movement)\n{lines}"
    assert _find(train, RasaYAMLReader().reads(taught), "is there a point") == []


def test_a_ruler_taught_nothing_finds_nothing(train: Trained) -> None:
    assert _find(train, TrainingData(), "a steroid jab") == []
