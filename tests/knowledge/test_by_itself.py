"""A question that is surely understood by itself is not read after the one before it."""

from __future__ import annotations

import pytest

from clinic.knowledge.answers import Question, Topic, Verdict
from clinic.knowledge.service import KnowledgeBase

ASKED_BEFORE = {
    "how do they find out what it is": ("once they know, how do they treat it", "ask_treatment", "Treatment"),
    "what are the symptoms": ("how would anybody tell that it is this", "ask_diagnosis", "Diagnosis"),
    "who gets it": ("who ought they to be seen by?", "ask_diagnosis", "Diagnosis"),
}


@pytest.mark.parametrize("before", ASKED_BEFORE)
def test_another_thing_surely_asked_is_answered_from_its_own_section(library: KnowledgeBase, before: str) -> None:
    text, intent, heading = ASKED_BEFORE[before]
    _, topic = library.ask(Question(before))
    (one,) = library.answer(Question(text, intent, ((intent, 0.96),), topic=topic))
    assert one.quote is not None
    assert one.quote.section.heading == heading


def test_a_question_that_leans_on_the_one_before_is_still_read_after_it(library: KnowledgeBase) -> None:
    topic = Topic("posterior-ankle-impingement", "treatment", "would a steroid injection help")
    ranking = (("ask_symptoms", 0.4), ("ask_injection", 0.3))
    (one,) = library.answer(Question("and how do they know where to put it", "ask_symptoms", ranking, topic=topic))
    assert one.quote is not None
    assert one.quote.section.heading == "Treatment"


@pytest.mark.parametrize("text", ["what dose it feel like", "what dose the pain feel like"])
def test_dose_for_does_asks_for_no_amount(library: KnowledgeBase, text: str) -> None:
    (one,) = library.answer(Question(text, "ask_symptoms", (("ask_symptoms", 0.97),)))
    assert one.verdict is Verdict.FOUND


@pytest.mark.parametrize("text", ["what dose of steroid is in the injection", "the injection, what dose?"])
def test_a_dose_that_no_article_gives_is_not_answered(library: KnowledgeBase, text: str) -> None:
    (one,) = library.answer(Question(text, "ask_injection", (("ask_injection", 0.6),)))
    assert one.verdict is not Verdict.FOUND
