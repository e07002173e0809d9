from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.whole.conftest import ROOT, Whole, kinds, say

ARTICLE = ROOT / "data" / "articles" / "posterior-ankle-impingement.md"


def _plain(path: Path) -> str:
    return re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))


def test_the_missions_own_question_is_answered_and_then_the_appointment_offered(visitor: httpx.Client) -> None:
    replies = say(visitor, "why does my heel hurt en pointe")
    assert [kind for kind in kinds(replies) if kind != "say"] == ["answer", "offer"]
    answer, offer = replies[0], replies[-1]
    lead, quoted = answer["text"].split("\n", 1)
    assert lead.endswith("under Causes:")
    for sentence in re.split(r"(?<=\.) ", quoted):
        assert sentence in _plain(ARTICLE)
    assert answer["sources"][0]["article"] == "posterior-ankle-impingement"
    assert offer["price"] == {"amount": "45.00", "currency": "GBP"}


QUESTIONS = [
    "what are the symptoms of dancer's heel",
    "how is posterior ankle impingement treated",
    "what does an mri show",
    "which bones are in the ankle joint",
    "who gets this injury",
    "when is surgery done",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_clinical_sentence_is_the_articles_own(visitor: httpx.Client, question: str) -> None:
    answer = next(reply for reply in say(visitor, question) if reply["kind"] == "answer")
    article = _plain(ARTICLE)
    for sentence in re.split(r"(?<=\.) |\n", answer["text"].split("\n", 1)[1]):
        assert sentence in article


def test_where_the_articles_are_silent_it_says_so(visitor: httpx.Client) -> None:
    replies = say(visitor, "what dose of ibuprofen should I take for it")
    assert "answer" not in kinds(replies)
    assert "offer" not in kinds(replies)


def test_a_red_flag_comes_first_and_nothing_is_sold(visitor: httpx.Client) -> None:
    replies = say(visitor, "my calf is swollen and hot and I suddenly can't breathe")
    assert kinds(replies)[0] == "urgent"
    assert not {"answer", "offer"} & set(kinds(replies))
    assert replies[0]["destination"] == "999"


def test_the_offer_is_made_once_and_not_after_a_no(visitor: httpx.Client) -> None:
    assert "offer" in kinds(say(visitor, "what causes posterior ankle impingement"))
    say(visitor, "no thanks")
    assert "offer" not in kinds(say(visitor, "how is it treated"))


def test_the_disclaimer_is_said_once_in_a_conversation(visitor: httpx.Client) -> None:
    first = say(visitor, "what causes posterior ankle impingement")
    second = say(visitor, "how is it treated")
    said = [reply["text"] for reply in [*first, *second] if "not medical advice" in reply["text"]]
    assert len(said) == 1


@pytest.mark.parametrize("command", ["/restart", '  /ask_price{"x":1}', "/report_red_flag", "\u200b/goodbye"])
def test_no_visitor_sets_an_intent(whole: Whole, visitor: httpx.Client, command: str) -> None:
    replies = say(visitor, command)
    assert replies
    assert "urgent" not in kinds(replies)
    typed = [one["text"] for one in visitor.get("/api/messages").json()["messages"] if one["from"] == "visitor"]
    assert typed == [command]


def test_the_log_shows_the_question_its_guess_and_what_was_answered(whole: Whole, visitor: httpx.Client) -> None:
    say(visitor, "what causes posterior ankle impingement, said the log test")
    listed = whole.clinic("conversations", "list").stdout
    line = next(one for one in listed.splitlines() if "said the log test" in one)
    shown = whole.clinic("conversations", "show", line.split()[0]).stdout
    assert "ask_causes" in shown
    assert "Posterior Ankle Impingement, Causes" in shown


def test_the_test_stories_run_with_the_real_actions(whole: Whole) -> None:
    done = whole.clinic("stories")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("yes", ["ye", "yes ring away", "lovely, yes please", "aye send it off"])
def test_a_yes_to_the_summary_sends_it_whatever_the_words_mean_elsewhere(visitor: httpx.Client, yes: str) -> None:
    for words in ("please ring me", "Rosa Lindqvist", "07700 900493", "lunch"):
        replies = say(visitor, words)
    assert replies[-1]["slot"] == "confirm"
    assert kinds(say(visitor, yes)) == ["appointment"]


@pytest.mark.parametrize(
    "words",
    [
        "book me in please. Tamsin Hale tamsin.hale@example.org",
        "appt please - Uzma Chaudhry - uzma.chaudhry@example.org",
        "I want to see the physio, Ann Lee, ann@example.org",
    ],
)
def test_a_wish_with_the_details_beside_it_asks_only_for_what_is_missing(visitor: httpx.Client, words: str) -> None:
    replies = say(visitor, words)
    assert [one.get("slot") for one in replies] == ["notes"]


def test_after_an_emergency_nothing_is_offered_unasked_and_who_asks_may_book(visitor: httpx.Client) -> None:
    say(visitor, "my calf is swollen and hot and I suddenly can't breathe")
    say(visitor, "the ambulance came, I'm home again and fine")
    asked = say(visitor, "what are the symptoms of posterior ankle impingement")
    assert "answer" in kinds(asked)
    assert "offer" not in kinds(asked)
    assert kinds(say(visitor, "I'd like to book an appointment")) == ["ask"]
