"""The questions beside an article teach which sentence answers, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clinic.knowledge.articles.files import read_article, read_folder
from clinic.knowledge.search.index import build_index
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
