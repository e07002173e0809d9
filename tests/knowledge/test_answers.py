"""What visitors read is the article's own, or nothing."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.dialogue.answer_replies import reply_to
from clinic.dialogue.text_fragment import fragment
from clinic.knowledge.answers import Question, Verdict
from clinic.knowledge.articles.markdown import read_sections
from clinic.knowledge.service import KnowledgeBase
from tests.knowledge.conftest import ARTICLE

TEXT = ARTICLE.read_text("utf-8")
PLAIN = re.sub(r"\s+", " ", TEXT)
COVERED = [
    "what is posterior ankle impingement",
    "what are the symptoms",
    "what causes it?",
    "who gets posterior ankle impingement",
    "how is it diagnosed",
    "do I need an MRI scan",
    "how is it treated",
    "what does the steroid injection do",
    "how long is rehab after surgery",
    "what does the cartilage do",
    "is dancer's heel the same thing",
    "why does my heel hurt en pointe",
    "could it be my achilles instead?",
    "do insoles help",
]
UNCOVERED = [
    "how do I treat plantar fasciitis",
    "I have tennis elbow, what helps?",
    "how many mg of ibuprofen can I take",
    "what is the capital of France",
    "my knee clicks when I squat",
    "is there parking at the clinic",
    "treatment for shoulder impingement",
    "what are the symptoms of anterior ankle impingement",
]


def quoted(text: str) -> str:
    return re.sub(r"\s+", " ", text.split("\n", 1)[1])


@pytest.mark.parametrize("text", COVERED)
def test_an_answer_is_the_articles_own_words_from_one_section(library: KnowledgeBase, text: str) -> None:
    replies, _ = reply_to(library, Question(text))
    assert [one.kind for one in replies] == ["answer"]
    for sentence in library.answer(Question(text))[0].quote.sentences:  # type: ignore[union-attr]
        assert re.sub(r"\s+", " ", sentence.text) in PLAIN
        assert sentence.text in quoted(replies[0].text)
    assert len({source.section for source in replies[0].sources}) == 1
    assert "you have" not in replies[0].text.lower()


def test_every_sentence_that_could_be_quoted_is_in_the_published_file(library: KnowledgeBase) -> None:
    sections = library.articles()[0].sections
    for section in sections:
        assert section.sentences
        for sentence in section.sentences:
            assert section.text[sentence.start : sentence.end] == sentence.text
            assert re.sub(r"\s+", " ", sentence.text) in PLAIN


@pytest.mark.parametrize("text", UNCOVERED)
def test_what_the_article_does_not_answer_is_not_answered(library: KnowledgeBase, text: str) -> None:
    replies, _ = reply_to(library, Question(text))
    assert [one.kind for one in replies] == ["not_covered"]
    assert not replies[0].sources
    assert replies[0].buttons


def test_every_button_of_a_reply_is_answered_when_pressed(library: KnowledgeBase) -> None:
    replies, topic = reply_to(library, Question("what are the symptoms"))
    for button in replies[0].buttons:
        pressed, _ = reply_to(library, Question(button.say, topic=topic))
        assert [one.kind for one in pressed] == ["answer"], button.say


def test_an_exercise_question_names_the_nearest_article(library: KnowledgeBase) -> None:
    ranking = (("ask_exercise_detail", 0.95),)
    replies, _ = reply_to(
        library, Question("which exercises should I do and how often", "ask_exercise_detail", ranking)
    )
    assert replies[0].kind == "not_covered"
    assert "Posterior Ankle Impingement" in replies[0].text


def test_two_questions_in_one_message_get_an_answer_each(library: KnowledgeBase) -> None:
    replies, _ = reply_to(library, Question("What causes posterior ankle impingement? And how is it treated?"))
    assert [one.kind for one in replies] == ["answer", "answer"]
    assert [one.sources[0].aspect for one in replies] == ["causes", "treatment"]


def test_five_questions_get_two_answers_at_most(library: KnowledgeBase) -> None:
    text = "What is it called? What are the symptoms of it? What causes it all? How is it diagnosed? How is it treated?"
    replies, _ = reply_to(library, Question(text))
    assert len(replies) <= 2


def test_a_follow_up_keeps_the_topic(library: KnowledgeBase) -> None:
    _, topic = reply_to(library, Question("what does the steroid injection do"))
    assert topic is not None
    assert (topic.section, topic.question) == ("treatment", "what does the steroid injection do")
    replies, _ = reply_to(library, Question("is it guided by anything?", topic=topic))
    assert "ultrasound-guided" in replies[0].text


def test_a_follow_up_about_another_condition_leaves_the_topic(library: KnowledgeBase) -> None:
    _, topic = reply_to(library, Question("how is it treated"))
    replies, _ = reply_to(library, Question("and for plantar fasciitis?", topic=topic))
    assert replies[0].kind == "not_covered"


def test_a_length_of_time_is_only_answered_by_words_that_hold_one(library: KnowledgeBase) -> None:
    for answer in library.answer(Question("how long do the symptoms last")):
        if answer.verdict is Verdict.FOUND:
            assert answer.quote
            assert re.search(r"\d", answer.quote.text)


def test_a_described_symptom_is_met_with_information(library: KnowledgeBase) -> None:
    ranking = (("describe_symptom", 0.9),)
    question = Question("the back of my ankle is swollen and sore", "describe_symptom", ranking)
    replies, _ = reply_to(library, question)
    assert replies[0].kind == "answer"
    assert replies[0].sources[0].aspect == "symptoms"
    assert replies[0].text.startswith("I cannot examine you.")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_gets_a_reply_and_only_words_of_the_article(library: KnowledgeBase, text: str) -> None:
    for answer in library.answer(Question(text)):
        if answer.quote:
            assert all(re.sub(r"\s+", " ", one.text) in PLAIN for one in answer.quote.sentences)


def test_a_source_links_to_the_quoted_words(library: KnowledgeBase) -> None:
    replies, _ = reply_to(library, Question("do I need an MRI scan"))
    start, end = replies[0].sources[0].url.split("#:~:text=")[1].split(",")
    assert unquote(start) in TEXT
    assert unquote(end) in TEXT


def test_a_fragment_encodes_what_has_a_meaning_there() -> None:
    assert fragment("Low-level ache, at rest & night.") == "text=Low%2Dlevel%20ache%2C%20at%20rest%20%26%20night."


def test_a_bullet_is_quoted_with_its_lead_in() -> None:
    section = read_sections("## Who\n\nSeen in:\n\n- Ballet\n- Football\n\nAfter that.", "x.md")[0]
    assert [one.text for one in section.sentences] == ["Seen in:\n- Ballet\n- Football", "After that."]


def test_sentences_do_not_end_at_abbreviations_or_decimals() -> None:
    section = read_sections("## A\n\nDr. Who sees e.g. 2.5 cm of bone. Then Mr. J. Smith leaves! Ok?", "x.md")[0]
    assert [one.text for one in section.sentences] == [
        "Dr. Who sees e.g. 2.5 cm of bone.",
        "Then Mr. J. Smith leaves!",
        "Ok?",
    ]
