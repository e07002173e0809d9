"""What a visitor reads where the articles cannot tell which of them is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.lookup import answer_each, look_up
from actions.services import Services
from actions.small_talk import ActionFact
from actions.tracker import Part, Turn
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.dialogue.uncovered import is_tag
from clinic.knowledge.answers import Answer, Question, Topic, Verdict
from clinic.knowledge.model import Article
from clinic.settings import Settings

ELBOW, KNEE = Article("tennis-elbow", "Tennis elbow", ()), Article("knee", "Osteoarthritis of the knee", ())


class TwoThatFit:
    """Articles that fit every question alike, and a desk where nothing waits."""

    def ask(self, question: Question) -> tuple[tuple[Answer, ...], Topic]:
        answer = Answer(question.text, Verdict.UNSURE, nearest=ELBOW, between=(ELBOW, KNEE), reason="which_article")
        return (answer,), Topic("", question=question.text)

    def articles(self) -> tuple[Article, ...]:
        return ELBOW, KNEE

    def is_pending(self, conversation: str) -> bool:
        return False


@pytest.fixture
def given(settings: Settings, responses: Responses, canned: CannedReplies) -> Services:
    both: Any = TwoThatFit()
    return Services(settings, responses, canned, both, both, both, both)


def turn(text: str, **slots: Any) -> Turn:
    return Turn(
        "conversation", "m1", text, "ask_imaging", True, (("ask_imaging", 0.9),), (), (), (), "", "",
        slots=slots, said=(), actions=(), form_active=False,
    )  # fmt: skip


def test_it_asks_which_article_is_meant_with_a_button_for_each(given: Services) -> None:
    (reply,) = look_up(turn("Do I need an X-ray?"), given).replies
    assert reply.kind == "say"
    assert reply.text.endswith("Which do you mean: Tennis elbow or Osteoarthritis of the knee?")
    assert [one.say for one in reply.buttons] == [
        "Tennis elbow: Do I need an X-ray?",
        "Osteoarthritis of the knee: Do I need an X-ray?",
    ]


def test_asking_back_is_no_failure_that_leads_to_a_person(given: Services) -> None:
    slots = look_up(turn("Do I need an X-ray?", memory={"uncovered": 3}), given).slots
    assert (slots["memory"]["uncovered"], slots["awaiting"]) == (0, None)


def test_the_question_is_kept_for_the_name_that_comes_next(given: Services) -> None:
    slots = look_up(turn("Do I need an X-ray?"), given).slots
    assert (slots["topic"]["article"], slots["topic"]["question"]) == ("", "Do I need an X-ray?")


def test_of_four_questions_three_are_answered_and_the_fourth_is_named(given: Services) -> None:
    asked = (("what's the price", "ask_price"), ("how long is it", "ask_recovery_time"), ("do you take cards",
             "ask_payment"), ("is it online?", "ask_online"))  # fmt: skip
    parts = tuple(Part(text, ((intent, 0.4),)) for text, intent in asked)
    price, length, payment, open_one = answer_each(replace(turn("1) 2) 3) 4)"), parts=parts), given).replies
    assert "£45" in price.text
    assert "30 minutes" in length.text
    assert "card" in payment.text or "pay" in payment.text
    assert "is it online" in open_one.text
    assert [one.say for one in open_one.buttons] == ["is it online?"]


def test_a_tag_hangs_on_what_was_asked_and_a_question_does_not() -> None:
    assert is_tag("is that right")
    assert not is_tag("how long is it")


def test_inside_the_request_no_answer_offers_to_begin_one(given: Services) -> None:
    parts = (Part("what does it cost", (("ask_price", 0.9),)), Part("who is it with", (("ask_who", 0.9),)))
    asked = replace(turn("what does it cost and who is it with?"), parts=parts)
    outside = [one for one in answer_each(asked, given).replies if one.kind == "say"]
    inside = [one for one in answer_each(replace(asked, form_active=True), given).replies if one.kind == "say"]
    assert [len(one.buttons) for one in outside] == [1, 1]
    assert [(one.text, one.buttons) for one in inside] == [(one.text, ()) for one in outside]
    fact = ActionFact().respond(replace(asked, intent="ask_who", form_active=True), given)
    assert [one.buttons for one in fact.replies] == [()]
