"""The right article first, its fitting section, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from clinic.knowledge.answering import article_ranking as retrieval
from clinic.knowledge.answering.article_ranking import (
    Query,
    Ranking,
    best_passage,
    confidence,
    make_query,
    rank,
    top_articles,
)
from clinic.knowledge.articles.markdown import asked_aspects
from clinic.knowledge.articles.segmentation import Block, join_blocks
from clinic.knowledge.model import Article, Section
from clinic.knowledge.search import vector_search as nearness
from clinic.knowledge.search.index import Index
from clinic.knowledge.search.indexing import build_index
from clinic.knowledge.search.title_match import names_of
from tests.knowledge.conftest import WordVectors

VECTORS = WordVectors()


def make_article(title: str, **texts: str) -> Article:
    sections = [Section(name, name.title(), name, *join_blocks([Block(text)])) for name, text in texts.items()]
    return Article(title.lower().replace(" ", "-"), title, tuple(sections))


SHINGLES = make_article(
    "Shingles", overview="Shingles is a rash of blisters.", treatment="Shingles is treated with antiviral tablets."
)
BUNION = make_article(
    "Bunion", overview="A bunion is a bump beside the big toe.", treatment="Wide shoes help a bunion to settle."
)
CRPS = make_article(
    "Complex regional pain syndrome",
    overview="Complex regional pain syndrome (CRPS) is pain that lasts longer than an injury explains.",
)


def ask(text: str, *articles: Article) -> tuple[Index, Query, Ranking]:
    index = build_index(articles, VECTORS)
    query = make_query(VECTORS.encode([text])[0], text)
    return index, query, rank(index, query)


def first(text: str, *articles: Article) -> str:
    index, _, ranking = ask(text, *articles)
    return index.articles[ranking.best()[0]].slug


def test_the_article_whose_name_is_asked_for_comes_first() -> None:
    assert first("tablets for a bunion", SHINGLES, BUNION, CRPS) == "bunion"


def test_an_article_is_known_by_the_short_form_its_text_gives_it() -> None:
    assert "CRPS" in names_of(CRPS)
    assert first("do tablets or wide shoes help crps", SHINGLES, BUNION, CRPS) == CRPS.slug


def test_the_parts_of_a_title_are_names_too() -> None:
    assert {"Enlarged Prostate", "BPH"} <= set(names_of(make_article("Enlarged Prostate (BPH)", overview="Text.")))
    assert "Shin splints" in names_of(make_article("Shin splints: pain in the shin", overview="Text."))


def test_a_second_article_of_the_same_name_does_not_make_us_less_sure() -> None:
    twin = make_article("Shingles disease", overview="Shingles is a rash of blisters.")
    alone = confidence(ask("what is shingles", SHINGLES, BUNION)[2])
    assert confidence(ask("what is shingles", SHINGLES, twin, BUNION)[2]) == pytest.approx(alone, abs=0.1)


def test_a_question_about_something_else_is_less_sure_than_one_about_an_article() -> None:
    named = confidence(ask("how is shingles treated", SHINGLES, BUNION, CRPS)[2])
    assert confidence(ask("how is a broken wrist treated", SHINGLES, BUNION, CRPS)[2]) < named


@pytest.mark.parametrize(("question", "aspect"), [("how is a bunion treated", "treatment"), ("bunion", "overview")])
def test_the_section_is_the_one_that_is_asked_for(question: str, aspect: str) -> None:
    index, query, ranking = ask(question, SHINGLES, BUNION)
    assert index.section(index.places[best_passage(index, query, ranking)]).aspect == aspect


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("why does it hurt and can surgery fix it?", {"causes", "treatment"}),
        ("when should I contact my doctor?", set()),
        ("what is the latest on bunions", set()),
        ("how long until it heals", {"recovery"}),
        ("do I need an x-ray", {"diagnosis"}),
    ],
)
def test_what_a_question_asks_for_is_read_from_its_words(question: str, aspects: set[str]) -> None:
    assert asked_aspects(question) == aspects


def test_the_best_few_of_very_many_are_those_of_a_full_sort() -> None:
    scores = np.round(np.random.default_rng(3).random(5000, dtype=np.float32), 2)
    ranking = Ranking(scores, scores, scores, build_index((), VECTORS).titles)
    assert list(top_articles(ranking, 10)) == np.argsort(-scores, kind="stable")[:10].tolist()


def test_far_passages_are_skipped_without_changing_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [make_article(f"Ache {n}", overview=f"An ache of kind {n}.", treatment="Rest.") for n in range(40)]
    question = "how is a bunion treated"
    whole = first(question, SHINGLES, BUNION, CRPS, *many)
    monkeypatch.setattr(retrieval, "NEAR", 5)
    assert first(question, SHINGLES, BUNION, CRPS, *many) == whole == "bunion"


def test_screening_very_many_passages_finds_what_reading_all_of_them_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [make_article(f"Ache {n}", overview=f"An ache of kind {n}.", treatment="Rest.") for n in range(60)]
    questions = ("how is a bunion treated", "what is shingles", "crps", "ache 17", "an ache of kind 3")
    whole = [first(question, SHINGLES, BUNION, CRPS, *many) for question in questions]
    monkeypatch.setattr(nearness, "EXACT", 20)
    monkeypatch.setattr(retrieval, "NEAR", 40)
    assert [first(question, SHINGLES, BUNION, CRPS, *many) for question in questions] == whole


def test_the_parts_of_a_name_may_be_turned_round() -> None:
    assert "hip Osteoarthritis" in names_of(make_article("Osteoarthritis of the hip", overview="Text."))


@pytest.mark.parametrize(
    ("title", "names", "others"),
    [
        ("Jaw Pain and TMD", {"Jaw Pain", "TMD"}, set()),
        ("Back and neck pain", {"neck pain"}, {"Back"}),
        ("Arthritis at the Base of the Thumb", {"Thumb Arthritis"}, set()),
        ("Pain at the front of the knee", set(), {"knee Pain"}),
        ("Osgood-Schlatter Disease: Growing Knees", {"Osgood-Schlatter"}, set()),
        ("Tarsal tunnel syndrome", {"Tarsal tunnel"}, set()),
        ("Heart disease", set(), {"Heart"}),
    ],
)
def test_a_page_goes_by_the_parts_of_its_title_that_are_names(title: str, names: set[str], others: set[str]) -> None:
    found = set(names_of(make_article(title, overview="Text.")))
    assert names <= found
    assert not others & found
