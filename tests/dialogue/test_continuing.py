"""Going on from the last answer: other words of the article, never the same ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clinic.dialogue.answer_replies import quote_reply
from clinic.dialogue.continuing import ASKED, continued
from clinic.dialogue.remarks import FollowUp
from clinic.dialogue.repeating import again, body, is_same, people_again, purpose_again, simpler, speaks_of
from clinic.dialogue.reply import Reply
from clinic.dialogue.responses import Responses
from clinic.knowledge.answers import Quote
from clinic.knowledge.articles.files import read_folder
from clinic.knowledge.model import Article
from language.sub_questions import sub_questions

ARTICLES = Path(__file__).parents[2] / "data" / "articles"


@pytest.fixture(scope="module")
def article() -> Article:
    return next(iter(read_folder(ARTICLES)[0]))


def first_of(article: Article, aspect: str, count: int = 2) -> Reply:
    section = next(one for one in article.sections if one.aspect == aspect)
    return quote_reply(Quote(article, section, section.sentences[:count]))


def test_what_then_goes_to_the_next_step_of_treatment(article: Article, responses: Responses) -> None:
    injection = continued(first_of(article, "treatment"), FollowUp.THEN, "what then", [article], responses)
    assert "injection" in injection.text
    assert "surgery" in continued(injection, FollowUp.THEN, "what then", [article], responses).text


def test_what_for_is_answered_by_the_quoted_sentence_that_says_to_what_end(
    article: Article, responses: Responses
) -> None:
    section = next(one for one in article.sections if one.aspect == "treatment")
    injection = next(one for one in section.sentences if "injection" in one.text)
    last = quote_reply(Quote(article, section, (injection,)))
    told = purpose_again(last, "what for", [article], responses)
    assert told is not None
    assert "to reduce pain and swelling" in told.text
    assert purpose_again(last, "and why", [article], responses) is None
    assert purpose_again(first_of(article, "risk_groups"), "what for", [article], responses) is None


@pytest.mark.parametrize("how", list(FollowUp))
def test_a_continuation_is_never_the_same_words(article: Article, responses: Responses, how: FollowUp) -> None:
    last = first_of(article, "causes")
    reply = (
        simpler(last, [article], responses)
        if how is FollowUp.SIMPLER
        else continued(last, how, "and", [article], responses)
    )
    assert body(reply) != body(last)
    assert reply.text != last.text


def test_who_does_it_names_the_people_of_the_section(article: Article, responses: Responses) -> None:
    assert (
        "physiotherapist"
        in continued(first_of(article, "diagnosis", 1), FollowUp.WHO, "who", [article], responses).text
    )


def test_an_answer_quoted_just_before_says_so(article: Article, responses: Responses) -> None:
    last = first_of(article, "symptoms")
    assert is_same(last, last)
    assert again(last, responses).text != last.text


def test_what_comes_before_goes_back_a_step(article: Article, responses: Responses) -> None:
    injection = continued(first_of(article, "treatment"), FollowUp.THEN, "what then", [article], responses)
    surgery = continued(injection, FollowUp.THEN, "and if that fails", [article], responses)
    assert "injection" in continued(surgery, FollowUp.THEN, "and before that?", [article], responses).text
    tried = continued(injection, FollowUp.THEN, "before it comes to that, what else gets tried", [article], responses)
    assert "Taping" in tried.text


def test_what_follows_is_told_again_where_it_was_quoted_with_the_rest(article: Article, responses: Responses) -> None:
    section = next(one for one in article.sections if one.aspect == "treatment")
    whole = quote_reply(Quote(article, section, section.sentences))
    onlys = [replace(article, sections=(section,))]
    after = continued(whole, FollowUp.THEN, "and afterwards", onlys, responses)
    assert body(after) == section.sentences[-1].text


def test_a_quote_answers_only_what_it_speaks_of(article: Article) -> None:
    sports = first_of(article, "risk_groups")
    assert speaks_of(sports, ["football"])
    assert speaks_of(sports, ["runners"])
    assert speaks_of(sports, [])
    assert not speaks_of(sports, ["hockey"])


def test_a_bare_follow_up_stands_for_one_question() -> None:
    for text, _ in ASKED.values():
        assert len(sub_questions(text)) == 1


def test_who_is_that_with_is_the_sentence_just_quoted_that_says_it(article: Article, responses: Responses) -> None:
    section = next(one for one in article.sections if one.aspect == "treatment")
    rehab = next(one for one in section.sentences if "rehabilitation" in one.text)
    told = people_again(quote_reply(Quote(article, section, (rehab,))), [article], responses)
    assert told is not None
    assert "rehabilitation with a physiotherapist" in told.text
    taping = next(one for one in section.sentences if one.text.startswith("Taping"))
    assert people_again(quote_reply(Quote(article, section, (taping,))), [article], responses) is None


def test_what_comes_afterwards_stands_behind_the_last_that_was_quoted(article: Article, responses: Responses) -> None:
    section = next(one for one in article.sections if one.aspect == "treatment")
    surgery = next(one for one in section.sentences if "surgery may be performed" in one.text)
    gait = next(one for one in section.sentences if "gait analysis" in one.text)
    last = quote_reply(Quote(article, section, (gait, surgery)))
    assert "4 to 6 weeks" in continued(last, FollowUp.THEN, "And what comes afterwards", [article], responses).text


def test_why_goes_to_what_says_how_it_comes_about(article: Article, responses: Responses) -> None:
    told = continued(first_of(article, "symptoms"), FollowUp.WHY, "and why", [article], responses)
    assert "closes the joint" in told.text
    dancers = continued(first_of(article, "causes"), FollowUp.WHY, "how come", [article], responses)
    assert "Repetitive trauma" in dancers.text
    assert "known as dancer's heel" not in dancers.text
