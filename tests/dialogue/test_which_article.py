"""What a visitor reads where the articles cannot tell which of them is meant."""

from __future__ import annotations

from typing import Any

import pytest

from actions.lookup import look_up
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.knowledge.model import Answer, Article, Question, Topic, Verdict
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
