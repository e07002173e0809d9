"""A question that fits more than one page and names none is asked back, never answered by a toss of a coin."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.dialogue.answer_replies import BETWEEN, reply_to
from clinic.knowledge.answers import Question, Topic, Verdict
from clinic.knowledge.importer.importer import import_articles, read_path
from clinic.knowledge.service import KnowledgeBase, QueryLexicon, load_reading
from clinic.knowledge.synchronisation import sync_folder
from clinic.knowledge.unanswered_store import load_gaps
from language.encoder import Encoder
from tests.knowledge.conftest import ROOT, make_sessions

PAGES = ("tennis-elbow", "hip-osteoarthritis", "knee-osteoarthritis", "gluteal-tendinopathy")
NAMELESS = "Do I need an X-ray?"
READING = load_reading(ROOT / "models/reader", ROOT / "models/encoder/tokenizer.json")


@pytest.fixture(scope="module")
def library(encoder: Encoder, words: QueryLexicon, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Four pages that nobody wrote questions for; all speak of X-rays."""
    folder: Path = tmp_path_factory.mktemp("asked-back")
    for name in PAGES:
        import_articles(read_path(ROOT / f"data/reading/choosing/{name}.md"), folder, publish=True)
    sessions = make_sessions(tmp_path_factory.mktemp("database"))
    sync_folder(sessions, folder, encoder)
    return KnowledgeBase(sessions, encoder, words, reading=READING)


def quoted(library: KnowledgeBase, text: str, topic: Topic | None = None) -> list[str]:
    answers = library.answer(Question(text, topic=topic))
    return [one.quote.article.slug for one in answers if one.verdict is Verdict.FOUND and one.quote]


def test_a_question_that_names_no_page_and_fits_several_is_asked_back(library: KnowledgeBase) -> None:
    replies, _ = reply_to(library, Question(NAMELESS))
    assert [one.kind for one in replies] == ["say"]
    assert len(replies[0].buttons) >= 2
    assert len(replies[0].buttons) == len(replies[0].extra[BETWEEN])


def test_each_button_asks_the_question_again_of_its_page(library: KnowledgeBase) -> None:
    replies, topic = reply_to(library, Question(NAMELESS))
    for button, slug in zip(replies[0].buttons, replies[0].extra[BETWEEN], strict=True):
        assert set(quoted(library, button.say, topic)) <= {slug}


def test_the_name_alone_is_the_answer_to_what_was_asked_back(library: KnowledgeBase) -> None:
    _, topic = library.ask(Question(NAMELESS))
    assert quoted(library, "the knee osteoarthritis one", topic) == quoted(library, "Knee osteoarthritis: " + NAMELESS)


def test_another_question_instead_of_a_name_is_that_question(library: KnowledgeBase) -> None:
    _, topic = library.ask(Question(NAMELESS))
    answers = library.answer(Question("What causes tennis elbow?", topic=topic))
    assert answers[0].question == "What causes tennis elbow?"


def test_a_question_that_names_its_page_is_answered_from_it(library: KnowledgeBase) -> None:
    tennis = next(one.slug for one in library.articles() if one.title.startswith("Tennis elbow"))
    assert quoted(library, "Which exercises help tennis elbow?") == [tennis]


def test_on_an_open_page_the_same_question_is_about_that_page(library: KnowledgeBase) -> None:
    slugs = {one.title: one.slug for one in library.articles()}
    knee = next(slug for title, slug in slugs.items() if "knee" in title.casefold())
    answers = library.answer(Question(NAMELESS, topic=Topic(knee)))
    assert not any(one.between for one in answers)
    assert quoted(library, NAMELESS, Topic(knee)) == [knee]


def test_what_is_asked_back_is_no_gap_of_the_articles(library: KnowledgeBase) -> None:
    before = load_gaps(library._sessions)
    library.ask(Question(NAMELESS, asked_in="a-conversation"))
    assert load_gaps(library._sessions) == before
