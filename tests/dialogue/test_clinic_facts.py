"""Facts of the clinic: from its settings where they are set, otherwise its phone as a link."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.dialogue.clinic_facts import ClinicFact, asked_fact, fact_reply
from clinic.dialogue.links import phone_href, with_links
from clinic.dialogue.reply import say
from clinic.dialogue.responses import Responses
from clinic.settings import Facts, Settings


@pytest.mark.parametrize("fact", list(ClinicFact))
def test_what_is_not_set_is_answered_without_guessing(
    fact: ClinicFact, settings: Settings, responses: Responses
) -> None:
    reply = with_links(fact_reply(fact, settings, responses), settings)
    assert "physiotherapist can answer" not in reply.text
    if fact is not ClinicFact.LENGTH:
        assert any(one.href == "tel:+442079460123" for one in reply.buttons)


def test_what_is_set_is_said_word_for_word(settings: Settings, responses: Responses) -> None:
    told = replace(settings, told=Facts(parking="There is a car park behind the house."))
    assert fact_reply(ClinicFact.PARKING, told, responses).text == "There is a car park behind the house."


@pytest.mark.parametrize(
    "text",
    [
        "Is it safe for children to have the injection?",
        "how long is the rehabilitation after surgery",
        "where does it hurt",
        "what causes it",
        "how soon can I dance again",
        "what happens in surgery",
        "can my child get posterior ankle impingement",
    ],
)
def test_questions_to_the_articles_are_no_facts_of_the_clinic(text: str) -> None:
    assert asked_fact(text) is None


def test_how_long_it_lasts_is_the_appointment_only_after_the_appointment_was_spoken_of() -> None:
    assert asked_fact("how long does it last") is None
    assert asked_fact("how long does it last", of_appointment=True) is ClinicFact.LENGTH


def test_phone_and_address_are_links_wherever_they_are_said(settings: Settings) -> None:
    reply = with_links(say(f"Call {settings.clinic.phone} or write to {settings.clinic.email}."), settings)
    assert [one.href for one in reply.buttons] == [phone_href(settings.clinic.phone), f"mailto:{settings.clinic.email}"]
