"""A question that was taken for small talk is answered all the same; small talk stays small talk."""

from __future__ import annotations

import pytest

from clinic.dialogue.doubts import believed, is_taught, is_unsure_yes, of_condition, prefers_answer
from clinic.dialogue.routing import YIELDING, Move
from clinic.dialogue.state import State
from clinic.knowledge.answers import Question
from clinic.knowledge.service import KnowledgeBase


@pytest.mark.parametrize(
    ("text", "guess", "share"),
    [
        ("whats gait analysis even for", "what_can_you_do", 0.42),
        ("PAI", "goodbye", 0.88),
        ("and the shiny coating on the bone ends, its job?", "feedback_positive", 0.53),
    ],
)
def test_a_question_the_articles_know_well_is_no_small_talk(
    library: KnowledgeBase, text: str, guess: str, share: float
) -> None:
    answers = library.answer(Question(text, guess, ((guess, share), ("ask_anatomy", 0.2))))
    assert prefers_answer(share, answers)


@pytest.mark.parametrize(
    ("text", "guess", "share"),
    [
        ("thanks, you have been a great help with my ankle", "thanks", 0.6),
        ("no ta, I'll leave it", "deny", 0.5),
        ("are you a robot or a physio?", "bot_challenge", 0.9),
        ("could you repeat the last answer", "repeat", 0.6),
    ],
)
def test_thanks_and_the_like_stay_what_they_are(library: KnowledgeBase, text: str, guess: str, share: float) -> None:
    assert not prefers_answer(share, library.answer(Question(text, guess, ((guess, share),))))


def test_a_remark_in_nearly_the_words_of_a_taught_question_is_one(library: KnowledgeBase) -> None:
    asked = library.answer(
        Question("my neighbour swears by the moulded things in her shoes", "abuse", (("abuse", 0.7),))
    )
    told = library.answer(
        Question("I dance four times a week and teach on Saturdays", "tell_detail", (("tell_detail", 0.9),))
    )
    assert is_taught(asked)
    assert not is_taught(told)
    assert {Move.SMALL, Move.TELL_ARTICLE} <= YIELDING
    assert Move.LET_GO not in YIELDING


def test_a_remark_surely_understood_as_a_question_is_one_in_other_words_too(library: KnowledgeBase) -> None:
    text = "six months of tape and insoles and it's no better, I suppose they'll want to operate next"
    asked = library.answer(Question(text, "ask_surgery", (("ask_surgery", 0.96),)))
    assert is_taught(asked, ("ask_surgery", 0.96))
    assert not is_taught(asked, ("complaint", 0.96))


def test_praise_in_a_first_message_is_doubted() -> None:
    fresh, told = State(), State(last_answer={"kind": "answer"})
    assert believed("feedback_positive", 0.8, fresh) < 0.8
    assert believed("feedback_positive", 0.8, told) == 0.8
    assert believed("complaint", 0.8, fresh) == 0.8


def test_a_guessed_yes_that_is_more_than_a_yes_begins_and_erases_nothing() -> None:
    assert is_unsure_yes(0.44, "ok and jumping")
    assert not is_unsure_yes(0.44, "yes please")
    assert not is_unsure_yes(0.9, "aye go on then")


def test_a_fact_of_the_clinic_gives_way_to_what_an_article_says_of_its_condition(library: KnowledgeBase) -> None:
    asked = library.answer(
        Question("what might a physio include in my sessions", "ask_who", (("ask_who", 0.54), ("ask_treatment", 0.4)))
    )
    assert prefers_answer(0.54, of_condition(asked))
    price = library.answer(Question("how much do you charge for an appointment", "ask_price", (("ask_price", 0.6),)))
    assert not of_condition(price)


def test_a_certain_guess_gives_way_to_nothing_but_the_very_words(library: KnowledgeBase) -> None:
    asked = library.answer(Question("what can you help with", "what_can_you_do", (("what_can_you_do", 0.99),)))
    assert not prefers_answer(0.99, asked)
