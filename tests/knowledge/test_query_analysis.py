"""A message taken apart into its questions, each with what led up to it."""

from __future__ import annotations

import pytest

from clinic.knowledge.answering.query_analysis import questions_of, without_remarks


@pytest.mark.parametrize(
    ("message", "points"),
    [
        (
            "how long does it take to go and should I have an injection?",
            ["how long does it take to go", "should I have an injection?"],
        ),
        (
            "hip flexor strain - how long to heal? also can i stretch it",
            ["hip flexor strain - how long to heal?", "also can i stretch it"],
        ),
        ("What causes it\nand which exercises do you give", ["What causes it", "and which exercises do you give"]),
        ("what is golfer's elbow and who gets it", ["what is golfer's elbow", "who gets it"]),
        (
            "golfers elbow - do injections work, and what happens at the first appointment",
            ["golfers elbow - do injections work", "what happens at the first appointment"],
        ),
    ],
)
def test_questions_joined_by_a_word_or_a_line_are_taken_apart(message: str, points: list[str]) -> None:
    assert [one.point for one in questions_of(message)] == points


@pytest.mark.parametrize(
    "message",
    [
        "had the jab, felt ace in a couple of days, will it stay that way",
        "my knee hurts when I kneel and I can't sleep. Is that bad?",
        "If I had the operation instead, would that mean less gym work?",
    ],
)
def test_a_story_with_one_question_stays_whole(message: str) -> None:
    assert len(questions_of(message)) == 1


def test_what_leads_up_to_a_question_belongs_to_it() -> None:
    parts = questions_of(
        "My knee osteoarthritis clicks all the time, is that bad? Oh and which foot goes first on stairs?"
    )
    assert [one.text for one in parts] == [
        "My knee osteoarthritis clicks all the time is that bad?",
        "Oh which foot goes first on stairs?",
    ]


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("sorry, my dog. what is posterior impingement", "what is posterior impingement"),
        ("Im dyslexic. Bear with me! what causes it", "what causes it"),
        ("My ankle hurts. what causes it", "My ankle hurts. what causes it"),
        ("sorry, that was my dog barking at the postman again. what is it", None),
        ("what is it. sorry, my dog", None),
        ("my dog. and my cat", None),
    ],
)
def test_what_has_nothing_to_do_with_any_article_is_not_looked_up(message: str, kept: str | None) -> None:
    said = [" ankle hurt posterior imping caus pain "]
    assert without_remarks(message, said) == (message if kept is None else kept)
