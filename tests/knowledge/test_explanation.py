"""Why a question was answered as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clinic.knowledge.answering.explained import Explanation
from clinic.knowledge.answering.explanation import explain
from clinic.knowledge.answers import Question
from clinic.knowledge.service import KnowledgeBase

Why = Callable[[str, dict[str, float]], Explanation]


@pytest.fixture
def why(library: KnowledgeBase) -> Why:
    def asked(text: str, intents: dict[str, float]) -> Explanation:
        index, reader = library.fresh()
        return explain(Question(text, ranking=tuple(intents.items())), index, reader)

    return asked


def test_the_telling_changes_no_answer(library: KnowledgeBase, why: Why) -> None:
    for text, intent in (("what causes it", "ask_causes"), ("does it hurt and how is it treated", "ask_treatment")):
        given = library.answer(Question(text, ranking=((intent, 0.9),)))
        told = [one for one in why(text, {intent: 0.9}).parts if one.said]
        assert [one.verdict.value for one in given] == [one.verdict for one in told]
        assert [one.quote.text if one.quote else "" for one in given] == [one.quote for one in told]


def test_a_refusal_says_how_far_the_confidence_was_from_what_is_needed(why: Why) -> None:
    (part,) = why("is there somewhere to park", {"ask_clinic_fact": 0.95}).parts
    assert part.verdict != "found"
    assert part.confidence < part.needed
    assert part.reason


def test_the_sentence_that_was_chosen_is_marked_and_the_nearest_questions_are_named(why: Why) -> None:
    (part,) = why("what are the symptoms", {"ask_symptoms": 0.95}).parts
    quoted = [one for one in part.sentences if one.quoted]
    assert quoted
    assert all(one.text in part.quote for one in quoted)
    assert part.asked[0].closeness >= part.asked[-1].closeness
    assert all(one.sentence for one in part.asked)


def test_a_condition_the_article_does_not_know_is_named(why: Why) -> None:
    (part,) = why("is it the same as tennis elbow", {"ask_definition": 0.9}).parts
    assert "tennis elbow" in part.strange
    assert part.reason == "other_condition"
