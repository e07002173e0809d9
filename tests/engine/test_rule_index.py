"""The rules that are looked at are all that can hold."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.components.red_flags.features import EvidenceFinder
from engine.components.red_flags.patterns import Span, holds
from engine.components.red_flags.training_file import CardTrainings, read_card_trainings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def lessons() -> CardTrainings:
    return read_card_trainings(ROOT / "data/red_flags.yml")


def test_every_rule_that_holds_is_met(lessons: CardTrainings) -> None:
    finder, chance = EvidenceFinder(lessons), random.Random(7)
    examples = [one.text if hasattr(one, "text") else str(one) for card in lessons.cards for one in card.examples]
    seen: list[Mapping[str, list[Span]]] = []
    index = finder._met

    def note(found: Mapping[str, list[Span]]) -> frozenset[str]:
        seen.append(found)
        return index(found)

    finder._met = note  # type: ignore[method-assign]
    for text in [*chance.sample(examples, 150), *(" ".join(chance.sample(examples, 2)) for _ in range(50))]:
        finder.read(text)
    met = 0
    for found in seen:
        every = {card.key for card in lessons.cards if any(holds(rule, found) for rule in card.rules)}
        assert index(found) == every
        met += len(every)
    assert met > 100
