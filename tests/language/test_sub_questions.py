"""Several questions in one message, taken apart in their order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from language.leaning import leans_back
from language.sub_questions import is_piece, loose_pieces, split_questions

TUNING = Path(__file__).parents[1] / "evaluation" / "tuning" / "fourth" / "several.jsonl"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("What are the symptoms, what causes it and how much does an appointment cost?", 3),
        ("what causes it and how is it treated?", 2),
        ("how much is it and can I book", 2),
        ("hmph. whos best to examine it & how much does your fella charge", 2),
        ("can I have surgery and can I book and what is the price", 3),
        ("I've had a pinch for 6 months since kicking a ball. Do I need an MRI and how much is the appointment?", 2),
        ("carpal tunnel: how long do i wear the splint for? is it ok to do exercises?", 2),
        ("In tennis elbow does the strap really help when in bed at night? how tight should it be", 2),
        ("why does my heel hurt en pointe", 0),
        ("I'm a dancer and I jump a lot. Is that bad?", 0),
    ],
)
def test_a_message_is_taken_apart_into_its_questions(text: str, count: int) -> None:
    assert len(split_questions(text)) == count


def test_most_messages_of_the_tuning_set_are_taken_apart_right() -> None:
    lines = [json.loads(line) for line in TUNING.read_text(encoding="utf-8").splitlines()]
    right = [one for one in lines if len(split_questions(one["text"])) == len(one["parts"])]
    assert len(right) >= len(lines) - 2


def test_a_short_message_leans_on_what_was_said_before() -> None:
    assert leans_back("and why")
    assert not leans_back("what are the symptoms of posterior ankle impingement")


def test_a_numbered_list_is_its_items() -> None:
    text = "I'm a netball coach, so 1) what brings it on 2) can I book for a player 3) cost"
    assert split_questions(text) == ("what brings it on", "can I book for a player", "cost")
    assert split_questions("it costs 45 (that is a lot) and my ankle hurts") == ()


def test_what_is_that_asks_of_the_words_before_it() -> None:
    assert loose_pieces("my knee clicks going downstairs, what is that") == ()
    assert loose_pieces("the signs, the price") == ("the signs", "the price")


def test_the_items_of_a_lettered_list_end_before_its_and() -> None:
    asked = split_questions("I should like to know (a) your fee, (b) where your premises are, and (c) the treatment")
    assert asked == ("your fee", "where your premises are", "the treatment")


def test_the_list_is_the_sentence_that_asks() -> None:
    assert loose_pieces("signs + reason + price?? typing on the bus") == ("signs", "reason", "price")
    assert split_questions("how long is it and who would it be with, remind me") == (
        "how long is it",
        "who would it be with",
    )


def test_how_many_questions_there_are_is_no_part_of_the_first() -> None:
    text = "Three quick things: what brings this on, what would a session set me back, and is it over video?"
    assert split_questions(text)[0] == "what brings this on"


@pytest.mark.parametrize(
    "text",
    [
        "Three things, please: signs of it, who gets it, and what do you charge?",
        "can you tell me 3 things - signs of it, who gets it, and what do you charge",
        "Three matters, if I may: signs of it, who gets it, what do you charge",
    ],
)
def test_how_many_there_are_is_no_item_of_a_list(text: str) -> None:
    assert loose_pieces(text) == ("signs of it", "who gets it", "what do you charge")


def test_when_something_is_done_may_be_an_item_and_when_i_do_something_is_none() -> None:
    assert is_piece("when a steroid injection is needed")
    assert not is_piece("when i go up on my toes in class")


def test_what_a_question_is_about_is_no_item_of_a_list() -> None:
    assert not is_piece("A stress fracture of the second metatarsal")
    assert not is_piece("like tendon damage")
    assert not is_piece("If somebody had slack ligaments")
    assert all(is_piece(one) for one in ("signs", "the reason", "how long is an appointment", "who with"))


def test_short_and_indirect_questions_are_questions() -> None:
    assert split_questions("how much is it and how long is it and whos it with") == (
        "how much is it",
        "how long is it",
        "whos it with",
    )
    asked = split_questions("hello I would like to know what is the treatment and what is the cost")
    assert [one.split("what is the ")[1] for one in asked] == ["treatment", "cost"]
