"""Where a clause ends, and what a visitor says is not there."""

from __future__ import annotations

import pytest

from engine.components.red_flags.clauses import join, split, stretches
from engine.components.red_flags.denials import without_denied


def _clauses(text: str) -> list[str]:
    return [clause.text for clause in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "crushing chest pain, my ankle is fine",
        "crushing chest pain\nmy ankle is fine",
        "crushing chest pain - my ankle is fine",
        "crushing chest pain; my ankle is fine",
        "crushing chest pain: my ankle is fine",
        "crushing chest pain. my ankle is fine",
        "crushing chest pain? my ankle is fine",
    ],
)
def test_a_mark_or_a_line_break_ends_a_clause(text: str) -> None:
    assert _clauses(text) == ["crushing chest pain", "my ankle is fine"]


@pytest.mark.parametrize("word", ["and", "but"])
def test_and_and_but_end_one_and_do_not_count_in_the_stretch_they_open(word: str) -> None:
    stretched = [join(part) for part in stretches(split(f"I am a plasterer {word} I have chest pain"))]
    assert stretched == ["I am a plasterer", "I have chest pain"]


def test_numbers_and_times_are_not_cut() -> None:
    assert _clauses("I took 3,000 mg at 10:30") == ["I took 3,000 mg at 10:30"]


def test_a_message_put_together_again_is_the_message() -> None:
    assert join(split("my foot (the left one) is blue - and cold")) == "my foot (the left one) is blue - and cold"


@pytest.mark.parametrize(
    "text",
    [
        "chest pain: no, breathless: no",
        "Chest pain? No. Fever? No.",
        "chest pain - no. breathlessness - no",
        "fever: none, back pain: none",
        "chest pain, fever, numbness: no",
        "no fever, no chest pain",
        "I have no plans to kill myself",
        "I can't say I've had loss of bowel control",
        "there wasn't any spreading redness",
        "a clot has been ruled out",
        "no head injury",
        "no wish to end my life",
        "no swelling of one leg",
        "chest pain? I don't",
    ],
)
def test_a_sign_that_is_denied_is_left_out(text: str) -> None:
    assert without_denied(split(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "can you walk? no",
        "feeling in my foot: none",
        "no pulse",
        "I have no reason to live",
        "no doubt it's broken",
        "I've never had chest pain like this",
        "I don't want to live",
        "without ballet i dont want to be alive",
        "without my nan there is no point in going on",
        "not breathing",
        "I haven't eaten for days",
    ],
)
def test_a_no_that_is_itself_the_sign_stays(text: str) -> None:
    assert join(without_denied(split(text))) == text


def test_a_no_to_something_else_takes_nothing_away() -> None:
    assert join(without_denied(split("nope I can't breathe"))) == "I can't breathe"
    assert join(without_denied(split("no fever, hot swollen knee"))) == "hot swollen knee"
