"""Facts of the clinic: from its settings where they are set, otherwise its phone as a link."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.dialogue.clinic_facts import FACT_INTENTS, ClinicFact, fact_reply
from clinic.dialogue.links import phone_href, with_links
from clinic.dialogue.reply import say
from clinic.dialogue.responses import Responses
from clinic.dialogue.small_talk import clinic_fact
from clinic.settings import Settings
from clinic.settings_identity import Facts


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


@pytest.mark.parametrize("intent", FACT_INTENTS)
def test_every_fact_that_is_asked_for_has_words(intent: str, settings: Settings, responses: Responses) -> None:
    assert clinic_fact(intent, responses, settings).text


def test_an_appointment_in_person_is_told_where_the_clinic_has_one(settings: Settings, responses: Responses) -> None:
    told = replace(settings, told=Facts(in_person="You can also come to the clinic."))
    assert clinic_fact("ask_online", responses, told).text == "You can also come to the clinic."
    assert "come to the clinic" not in clinic_fact("ask_online", responses, settings).text


def test_phone_and_address_are_links_wherever_they_are_said(settings: Settings) -> None:
    reply = with_links(say(f"Call {settings.clinic.phone} or write to {settings.clinic.email}."), settings)
    assert [one.href for one in reply.buttons] == [phone_href(settings.clinic.phone), f"mailto:{settings.clinic.email}"]
