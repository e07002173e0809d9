"""What lands in a trainer's inbox, and what never comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from clinic.conversations.inbox.decisions_store import Decisions
from clinic.conversations.inbox.grouping import group
from clinic.conversations.inbox.model import Decision, Item
from clinic.conversations.inbox.reading_store import InboxReader
from clinic.conversations.log_tables_store import LogTurnRow
from clinic.conversations.review_store import Reviews
from clinic.db import Sessions
from clinic.privacy.masking import mask
from tests.studio.heard import NOW, SURE, Heard


@pytest.fixture
def inbox(sessions: Sessions) -> Callable[[], list[Item]]:
    reader = InboxReader(sessions, lambda text: mask(text).text)
    return lambda: group(reader.read())


def test_what_was_understood_for_sure_is_not_in_the_inbox(heard: Heard, inbox: Callable[[], list[Item]]) -> None:
    heard.turn("what causes it", guesses=SURE)
    heard.turn("is there somewhere to leave the car")
    assert [one.text for one in inbox()] == ["is there somewhere to leave the car"]


def test_one_decision_covers_the_same_words_in_another_order_and_form(
    heard: Heard, inbox: Callable[[], list[Item]]
) -> None:
    for text in ("Where can I park?", "hi, where i can park please", "WHERE CAN I PARK"):
        heard.turn(text)
    heard.turn("does it hurt")
    heard.turn("it hurts")
    items = inbox()
    assert [(one.count, len(one.wordings)) for one in items] == [(3, 3), (1, 1), (1, 1)]


def test_an_answer_that_did_not_help_is_there_though_it_was_sure(heard: Heard, inbox: Callable[[], list[Item]]) -> None:
    who = heard.turn("what causes it", guesses=SURE, reply="r1")
    heard.dislike(who, "r1")
    assert [one.reasons for one in inbox()] == [("disliked",)]


def test_what_staff_corrected_comes_first_with_the_intent_they_named(
    heard: Heard, inbox: Callable[[], list[Item]], sessions: Sessions
) -> None:
    for _ in range(3):
        heard.turn("mumble")
    who = heard.turn("thanks", guesses=SURE)
    heard.turn("is it cos of my old sprain", who, guesses=[["ask_prognosis", 0.62], ["ask_causes", 0.3]])
    Reviews(sessions).change(who, "amal", 0, {"verdict": "wrong", "right_intent": "ask_causes"})
    first = inbox()[0]
    assert (first.text, first.suggestion, first.reasons) == ("is it cos of my old sprain", "ask_causes", ("corrected",))


def test_names_and_numbers_given_to_the_form_are_not_in_the_inbox(
    heard: Heard, inbox: Callable[[], list[Item]]
) -> None:
    who = heard.turn("book please", guesses=SURE, kinds="ask")
    heard.turn("Tom Reid", who, kinds="say")
    heard.turn("his aunt", actions=["appointment_form"])
    assert inbox() == []


def test_contact_details_are_masked(heard: Heard, inbox: Callable[[], list[Item]]) -> None:
    heard.turn("ring me on 07700 900123 about the thing")
    assert "07700" not in str(inbox())


def test_an_emergency_is_no_example_to_be_sorted(heard: Heard, inbox: Callable[[], list[Item]]) -> None:
    heard.turn("my foot went white and cold", red_flag="limb.cold", kinds="urgent")
    assert inbox() == []


def test_a_chat_on_the_demo_page_is_marked_as_a_test(heard: Heard, inbox: Callable[[], list[Item]]) -> None:
    heard.turn("asdf", page="http://127.0.0.1:8000/demo")
    heard.turn("something real")
    assert {one.text: one.is_test for one in inbox()} == {"asdf": True, "something real": False}


def test_a_decision_holds_though_the_log_is_made_again(
    heard: Heard, inbox: Callable[[], list[Item]], sessions: Sessions
) -> None:
    heard.turn("where can I park")
    item = inbox()[0]
    Decisions(sessions).keep([Decision(item.key, "unworthy", "amal", NOW)])
    with sessions.begin() as session:
        session.execute(delete(LogTurnRow))
    heard.turn("where can i park??")
    assert inbox()[0].key in Decisions(sessions).all()


def test_undo_takes_back_ones_own_click_alone(sessions: Sessions) -> None:
    decisions = Decisions(sessions)
    decisions.keep([Decision(key, "junk", "amal", NOW, batch="b1") for key in ("k1", "k2")])
    assert decisions.take_back("b1", "somebody else") == []
    assert len(decisions.take_back("b1", "amal")) == 2
    assert decisions.all() == {}


def test_an_erased_visitors_words_are_gone_and_no_decision_keeps_them(
    heard: Heard, inbox: Callable[[], list[Item]], sessions: Sessions
) -> None:
    who = heard.turn("the secret of my left knee")
    Decisions(sessions).keep([Decision(inbox()[0].key, "skipped", "amal", NOW)])
    with sessions.begin() as session:
        session.execute(delete(LogTurnRow).where(LogTurnRow.conversation_id == who))
    assert inbox() == []
    assert "knee" not in str(Decisions(sessions).all())
