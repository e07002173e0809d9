"""While a card is open: its own lines, the place to go to, and never the same words twice."""

from __future__ import annotations

import pytest

from clinic.dialogue.card_replies import card_reply
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.responses import Responses
from clinic.dialogue.state import OpenCard, told
from clinic.dialogue.urgent_reply import place_of


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("what is that", "meaning"),
        ("is it serious", "meaning"),
        ("what do I do while I wait", "waiting"),
        ("can I wait until monday", "avoid"),
        ("its just anxiety", "avoid"),
    ],
)
def test_a_question_about_the_card_is_answered_from_its_own_lines(
    canned: CannedReplies, responses: Responses, text: str, line: str
) -> None:
    card = canned.card("cauda_equina")
    assert card is not None
    reply, _ = card_reply(card, OpenCard("cauda_equina"), text, responses)
    assert getattr(card, line) in reply.text
    assert place_of(card) in reply.text
    assert (reply.kind, reply.extra["again"], reply.extra["destination"]) == ("urgent", True, card.destination)


def test_booking_after_a_card_is_put_off_and_nothing_is_sold(canned: CannedReplies, responses: Responses) -> None:
    card = canned.card("cauda_equina")
    assert card is not None
    reply, _ = card_reply(card, OpenCard("cauda_equina"), "so should I book with you?", responses)
    assert "isn't the right place" in reply.text
    assert "£" not in reply.text


def test_the_same_question_twice_gets_other_words(canned: CannedReplies, responses: Responses) -> None:
    card, first = canned.card("dvt"), OpenCard("dvt")
    assert card is not None
    reply, asked = card_reply(card, first, "is it serious", responses)
    again, _ = card_reply(card, told(first, asked.value), "is it serious", responses)
    assert reply.text != again.text


def test_the_reminder_repeats_place_and_numbers(canned: CannedReplies) -> None:
    reminder, card = canned.reminder("dvt"), canned.card("dvt")
    assert reminder is not None
    assert card is not None
    assert place_of(card) in reminder.text
    assert [one.href for one in reminder.buttons] == [one.href for one in card.contacts]
