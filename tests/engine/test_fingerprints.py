"""Rasa's cache asks what a component depends on with the configuration as it is written, without defaults."""

from __future__ import annotations

import pytest

from engine.components.entity_ruler import TaughtEntityRuler
from engine.components.intent_classifier import LinearIntentClassifier
from engine.components.person_extractor import PersonExtractor
from engine.components.red_flags.component import RedFlagDetector
from engine.components.sentence_featurizer import SentenceFeaturizer
from engine.components.spelling import SpellingCorrector
from engine.components.trained_component import TrainedComponent
from engine.components.turn_classifier import TurnClassifier

EVERY = [
    TaughtEntityRuler,
    LinearIntentClassifier,
    PersonExtractor,
    RedFlagDetector,
    SentenceFeaturizer,
    SpellingCorrector,
    TurnClassifier,
]


@pytest.mark.parametrize("component", EVERY)
def test_what_is_not_configured_counts_as_its_default(component: type[TrainedComponent]) -> None:
    told = component.fingerprint_addon({})
    assert told
    assert told == component.fingerprint_addon(component.get_default_config())
