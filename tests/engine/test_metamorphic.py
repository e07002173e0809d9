"""An emergency stays an emergency beside an ordinary clause, and a denied one is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.metamorphic import TUNING, Clauses, alarms, caught_alone, detect_all, lost, pairs_of
from bench.redflags import read, train
from engine.components.red_flags.detector import Detector
from language.text import normalise_lines

ROOT = Path(__file__).parents[2]
PAIRS = 2_000

pytestmark = pytest.mark.skipif(
    not (ROOT / "models/encoder/model.onnx").is_file(), reason="the encoder is not built: run make setup"
)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return train()


def texts_of(rows: list[dict[str, str]]) -> list[str]:
    return [one["text"] for one in rows]


@pytest.fixture(scope="module")
def clauses() -> Clauses:
    return Clauses.read(TUNING / "metamorphic.json")


def test_an_emergency_stays_one_beside_an_ordinary_clause(detector: Detector, clauses: Clauses) -> None:
    caught = caught_alone(detector, sorted(TUNING.rglob("redflags*.jsonl")))
    pairs = pairs_of(caught, clauses, PAIRS)
    assert {pair.flag for pair in pairs} == {one.flag for one in caught}
    assert len(lost(detector, pairs)) <= PAIRS * 0.01


def test_an_emergency_in_a_few_plain_words_raises_a_card(detector: Detector) -> None:
    """Every one that was once lost or nearly; of others, which nothing is taught word for word, nine in ten."""
    plain = read([TUNING / "plain/redflags.jsonl"])
    assert [
        one["text"] for one, found in zip(plain, detect_all(detector, texts_of(plain)), strict=True) if not found
    ] == []
    others = read([TUNING / "plain/redflags_untaught.jsonl"])
    assert sum(map(bool, detect_all(detector, texts_of(others)))) >= 0.9 * len(others)


def test_a_plain_complaint_in_few_words_raises_none(detector: Detector) -> None:
    calm = read([TUNING / "plain/notflags.jsonl"])
    assert [one["text"] for one, found in zip(calm, detect_all(detector, texts_of(calm)), strict=True) if found] == []


def test_a_denied_sign_raises_no_card(detector: Detector, clauses: Clauses) -> None:
    assert len(alarms(detector, clauses.denied)) <= len(clauses.denied) * 0.02


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("crushing chest pain down my left arm, my ankle is fine", "chest_pain"),
        ("crushing chest pain down my left arm\nmy ankle is fine", "chest_pain"),
        ("it's not my ankle it's my chest, crushing pain down my arm", "chest_pain"),
        ("don't worry about the ankle, I have crushing chest pain", "chest_pain"),
        ("as a nurse I know this isn't right: face drooping, arm weak, speech slurred", "stroke"),
        ("back pain and lost control of my bladder, what do I do", "cauda_equina"),
        ("I think I have a blood clot in my leg", "dvt"),
        ("could this be a blood clot", "dvt"),
        ("I am diabetic and have a sore on my heel", "diabetic_foot"),
        ("I have taken too much paracetamol", "overdose"),
        ("my mum collapsed", "unconscious"),
        ("is this an emergency", "emergency_unclear"),
        ("should I go to A&E", "emergency_unclear"),
        ("HELP", "emergency_unclear"),
        ("I am being hurt at home", "abuse"),
        ("my coach hits my ankle", "abuse"),
        ("I stopped eating so I can dance lighter", "eating_distress"),
    ],
)
def test_the_card_is_that_of_the_sign(detector: Detector, text: str, card: str) -> None:
    found = detector.detect(normalise_lines(text))
    assert found is not None
    assert found.key == card


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself, I work in a hospital",
        "I want to kill myself\nI work in a hospital",
        "I want to end my life, I work for the council",
    ],
)
def test_a_job_never_hides_despair(detector: Detector, text: str) -> None:
    found = detector.detect(normalise_lines(text))
    assert found is not None
    assert found.key.startswith("self_harm")


@pytest.mark.parametrize(
    "text",
    [
        "chest pain: no, breathless: no",
        "Chest pain? No. Fever? No.",
        "I had chest pain last year",
        "had chest pain two years ago and it was checked",
        "got rear ended yesterday and my neck is stiff today",
        "the swelling's gone down",
        "it doesn't wake me at night",
    ],
)
def test_what_is_denied_over_or_harmless_raises_nothing(detector: Detector, text: str) -> None:
    assert detector.detect(normalise_lines(text)) is None
