"""The questions beside an article teach which sentence answers, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clinic.knowledge.articles.files import read_article, read_folder
from clinic.knowledge.model import Article, Sentence
from clinic.knowledge.search.indexing import build_index, settle
from language.encoder import Encoder
from tests.knowledge.conftest import ARTICLE


def test_a_new_wording_is_led_to_the_sentence_its_like_were_asked_of(encoder: Encoder) -> None:
    articles, problems = read_folder(ARTICLE.parent)
    assert not problems
    index = build_index(articles, encoder)
    head = index.heads[0]
    scores = head.score(encoder.encode_wording(["would a needle with cortisone calm the thing down"])[0])
    best = index.sentence_list[int(head.rows[np.argmax(scores[:-1])])]
    assert "steroid injection" in best.text
    left_out = head.score(encoder.encode_wording(["what dose of steroid is in the needle"])[0])
    assert left_out[-1] > scores[-1]


def test_an_unchanged_article_keeps_what_was_learned_when_another_comes_before_it(encoder: Encoder) -> None:
    articles, _ = read_folder(ARTICLE.parent)
    first = build_index(articles, encoder)
    other = replace(read_article(ARTICLE), slug="another", title="Another", digest="another")
    second = build_index([other, *articles], encoder, before=first)
    assert second.heads[1] is first.heads[0]
    fresh = build_index([other, *articles], encoder)
    assert np.array_equal(fresh.heads[1].rows, first.heads[0].rows)


def _with_few_questions(article: Article) -> Article:
    """A tenth of what is asked of it, so that the test makes few vectors."""
    few = tuple(
        replace(section, passages=tuple(replace(one, sentences=_few(one.sentences)) for one in section.passages))
        for section in article.sections[:2]
    )
    return replace(article, sections=few, unanswered=article.unanswered[:5], digest="few")


def _few(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return tuple(replace(one, asked=one.asked[:6]) for one in sentences)


def _asked_also(article: Article, question: str) -> Article:
    section = article.sections[0]
    passage = section.passages[0]
    sentence = replace(passage.sentences[0], asked=(*passage.sentences[0].asked, question))
    passage = replace(passage, sentences=(sentence, *passage.sentences[1:]))
    section = replace(section, passages=(passage, *section.passages[1:]))
    return replace(article, sections=(section, *article.sections[1:]), digest="edited")


def test_one_question_more_is_known_in_a_moment_and_exactly_soon_after(encoder: Encoder) -> None:
    article = _with_few_questions(read_folder(ARTICLE.parent)[0][0])
    asked = "does zorbing over cobbles bring it on"
    first = build_index([article], encoder)
    edited = _asked_also(article, asked)
    hurried = build_index([edited], encoder, before=first, hurried=True)
    assert not hurried.heads[0].exact
    question = encoder.encode_wording([asked])[0]
    exact = settle(hurried)
    fresh = build_index([edited], encoder)
    assert exact.heads[0].exact
    assert np.array_equal(exact.heads[0].weights, fresh.heads[0].weights)
    near, right = hurried.heads[0].score(question), fresh.heads[0].score(question)
    assert np.argmax(near) == np.argmax(right)
    assert np.abs(near - right).max() < 0.1
    assert settle(exact) is exact
