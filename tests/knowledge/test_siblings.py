"""A condition that no list knows is not answered from the page of its sibling."""

from __future__ import annotations

import pytest

from clinic.knowledge.answering.siblings import names_sibling
from clinic.knowledge.model import Article

PAGE = Article(
    slug="duchenne",
    title="Duchenne muscular dystrophy",
    sections=(),
)
STEMS = " duchenn muscular dystrophi boy weak muscl becker "


@pytest.mark.parametrize(
    ("question", "sibling"),
    [
        ("how is Fukuyama muscular dystrophy treated", True),
        ("is emery-dreifuss dystrophy treatable", True),
        ("how is Duchenne muscular dystrophy treated", False),
        ("how is duchene muscular dystrophy treated", False),
        ("my nephew has severe muscular dystrophy, what helps", False),
        ("is Becker muscular dystrophy the same", False),
        ("what helps with the weakness", False),
    ],
)
def test_a_strange_name_before_the_pages_own_word_is_another_condition(question: str, sibling: bool) -> None:
    assert names_sibling(question, PAGE, STEMS) is sibling
