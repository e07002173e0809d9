"""Articles that nobody wrote questions for: the right page or silence, and a number where one is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.db import Sessions
from clinic.knowledge.answers import Question, Verdict
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.knowledge.synchronisation import sync_folder
from language.encoder import Encoder
from tests.knowledge.conftest import ELBOW, FOOT, ROOT, write_article

READING = load_reading(ROOT / "models/reader", ROOT / "models/encoder/tokenizer.json")


def open_library(sessions: Sessions, folder: Path, encoder: Encoder, words: QueryLexicon) -> KnowledgeBase:
    sync_folder(sessions, folder, encoder)
    return KnowledgeBase(sessions, encoder, words, reading=READING)


@pytest.fixture
def library(sessions: Sessions, folder: Path, encoder: Encoder, words: QueryLexicon) -> KnowledgeBase:
    """Two pages that nobody wrote questions for."""
    write_article(folder, "Golfer's elbow", ELBOW)
    write_article(folder, "Bunions", FOOT)
    return open_library(sessions, folder, encoder, words)


def test_a_condition_without_a_page_is_not_answered_from_its_look_alike(library: KnowledgeBase) -> None:
    assert library.answer(Question("how is tennis elbow treated"))[0].verdict is not Verdict.FOUND


def test_a_number_is_asked_for_and_the_page_has_none(
    sessions: Sessions, folder: Path, encoder: Encoder, words: QueryLexicon
) -> None:
    write_article(folder, "Golfer's elbow", ELBOW)
    library = open_library(sessions, folder, encoder, words)
    answer = library.answer(Question("how many weeks do exercises for golfer's elbow take"))[0]
    assert answer.verdict is not Verdict.FOUND


def test_one_section_is_quoted_and_no_other(library: KnowledgeBase) -> None:
    quoted = library.answer(Question("what is the treatment for golfer's elbow"))[0].quote
    assert quoted is not None
    assert quoted.article.title == "Golfer's elbow"
    assert set(quoted.sentences) <= set(quoted.section.sentences)
    assert quoted.section.heading == "Treatment"


def test_a_follow_up_stays_on_the_page_that_was_named_though_it_had_no_answer(library: KnowledgeBase) -> None:
    answers, topic = library.ask(Question("what does a scan for golfer's elbow cost"))
    assert answers[0].verdict is not Verdict.FOUND
    assert topic is not None
    assert topic.article == "golfers-elbow"


def test_the_second_question_of_a_message_is_about_the_page_the_first_one_names(library: KnowledgeBase) -> None:
    answers = library.answer(Question("what are the symptoms of golfer's elbow and how is it treated"))
    quoted = [one.quote for one in answers if one.quote]
    assert [one.article.title for one in quoted] == ["Golfer's elbow", "Golfer's elbow"]
    assert [one.section.heading for one in quoted] == ["Symptoms", "Treatment"]


COCCYX = """
## A tail that stayed
At the end of the spine sit three small bones, the coccyx. After a fall on the ice or a long birth it can be sore for
weeks, above all when one gets up from a low seat. It is known as coccydynia.

## Making sitting easier
Lean forward on the chair, and use a cushion that is cut out at the back, so that nothing presses on the coccyx. Most
people with a sore coccyx are better within three months.

## Weight on both sides
Standing up every half an hour keeps the muscles around it from tightening.
"""


@pytest.fixture
def tailbone(sessions: Sessions, folder: Path, encoder: Encoder, words: QueryLexicon) -> KnowledgeBase:
    """A page whose headings say little, beside another."""
    write_article(folder, "Tailbone pain", COCCYX)
    write_article(folder, "Bunions", FOOT)
    return open_library(sessions, folder, encoder, words)


def test_a_question_of_nothing_but_its_name_is_answered_from_the_top_of_the_page(tailbone: KnowledgeBase) -> None:
    for asked in ("What is tailbone pain?", "can you explain tailbone pain please"):
        quoted = tailbone.answer(Question(asked))[0].quote
        assert quoted is not None, tailbone.answer(Question(asked))[0]
        assert quoted.section.heading == "A tail that stayed"


def test_a_structure_the_page_speaks_of_is_no_other_condition(tailbone: KnowledgeBase) -> None:
    assert tailbone.answer(Question("my coccyx is sore, which cushion helps"))[0].reason != "other_condition"
    assert tailbone.answer(Question("my kneecap is sore, which cushion helps"))[0].reason == "other_condition"
