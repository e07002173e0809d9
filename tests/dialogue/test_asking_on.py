"""A few words behind what was told of the clinic ask on of it, and a doubtful yes to the offer begins nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.consent import ActionAffirm
from actions.moves import _PERFORM
from actions.services import Services
from clinic.dialogue.asides import asks_purpose
from clinic.dialogue.routing import Move, route
from clinic.dialogue.state import OpenCard, State
from clinic.dialogue.turns import Said
from tests.appointments.conftest import desk, sessions
from tests.dialogue.test_asides import given, turn

__all__ = ["desk", "given", "sessions"]
TOLD = State(memory={"of_clinic": 1})


@pytest.mark.parametrize(
    ("text", "behind", "own", "trusted"),
    [
        ("and sundays", "ask_opening_hours", "inform", True),
        ("and who can read it", "privacy", "ask_imaging", False),
        ("a proper half hour?", "ask_appointment_length", "affirm", False),
    ],
)
def test_a_few_words_behind_a_fact_of_the_clinic_ask_on_of_it(text: str, behind: str, own: str, trusted: bool) -> None:
    asked = Said(text, own, trusted, 0.51, behind=(behind, 0.9))
    assert route(TOLD, asked) is Move.TELL_FURTHER
    assert route(State(), asked) is not Move.TELL_FURTHER
    assert route(TOLD, replace(asked, behind=(behind, 0.4))) is not Move.TELL_FURTHER


@pytest.mark.parametrize(
    "asked",
    [
        Said("thanks", "thanks", True, 0.95),
        Said("what causes it", "ask_causes", True, 0.97),
        Said("kim@example.org", "inform", True, 0.6, contact=True),
        Said("and taping", "tell_detail", True, 0.5, named=True),
        Said("right, that's me", turns={"talk": ("closing", 0.8)}),
        Said("and when", "appointment_status", False, 0.4),
    ],
)
def test_what_means_something_by_itself_does_not(asked: Said) -> None:
    assert route(TOLD, replace(asked, behind=("ask_opening_hours", 0.9))) is not Move.TELL_FURTHER


@pytest.mark.parametrize(("intent", "word"), [("ask_opening_hours", "opening hours"), ("privacy", "keeps what you")])
def test_what_is_told_further_is_the_clinics(intent: str, word: str, given: Services) -> None:
    told = _PERFORM[Move.TELL_FURTHER](turn("and sundays", readings={"behind": {intent: 0.9}}), TOLD, given)
    assert word in told.replies[0].text
    assert told.slots["memory"]["of_clinic"]


def test_a_doubtful_yes_to_the_offer_is_offered_once_more_and_begins_nothing(given: Services) -> None:
    learned = {"offer": ("more", 0.39)}
    yes = turn("ok fanks il fink abowt it", "affirm", slots={"awaiting": "offer"}, turns=learned)
    offered = ActionAffirm().respond(replace(yes, ranking=(("affirm", 0.77),)), given)
    assert [one.kind for one in offered.replies] == ["offer"]
    assert offered.slots["awaiting"] == "offer"
    for sure in (replace(yes, text="yes please"), replace(yes, ranking=(("affirm", 0.9),)), replace(yes, turns={})):
        assert ActionAffirm().respond(sure, given).events


def test_a_bare_why_inside_the_form_asks_what_the_detail_is_for() -> None:
    why = Said("why?", "follow_up_why", True, 0.9)
    assert asks_purpose(State(form_active=True), why)
    assert not asks_purpose(State(form_active=True, asides=1), why)  # it may be asked of what was just answered


def test_whom_to_ring_is_asked_of_the_open_card_and_the_clinic_only_where_it_is_named() -> None:
    card = State(card=OpenCard("self_harm"))
    assert route(card, Said("who would i even talk to", "human_handoff", True, 0.8)) is Move.CARD_AGAIN
    assert route(card, Said("who do I ring?", "human_handoff", True, 0.9)) is Move.CARD_AGAIN
    clinics = Said("can I talk to reception", "human_handoff", True, 0.9)
    assert route(card, clinics) is Move.AS_UNDERSTOOD


def test_with_whom_a_thing_is_done_asks_on_of_the_answer() -> None:
    answered = State(last_answer={"kind": "answer", "text": "From our article:\nRehabilitation."})
    who = Said("With whom is that rehab?", "ask_who", True, 0.9)
    assert route(answered, who) is Move.CONTINUE
    assert route(answered, replace(who, text="With whom is the appointment?")) is not Move.CONTINUE


@pytest.mark.parametrize("text", ["the massage one, who gives me that", "who does the rehab with you"])
def test_who_does_it_is_learned_where_the_words_differ(text: str) -> None:
    answered = State(last_answer={"kind": "answer", "text": "From our article:\nRehabilitation."})
    who = Said(text, "ask_who", True, 0.9, named=True, turns={"talk": ("who", 0.6)})
    assert route(answered, who) is Move.CONTINUE
    assert route(answered, replace(who, text="who is the appointment with")) is not Move.CONTINUE
    assert route(replace(answered, memory={"of_clinic": 1}), who) is not Move.CONTINUE


def test_a_name_given_beside_the_question_what_it_is_for_is_not_lost() -> None:
    asked = Said("Wilf Garside. why do you need it?", person=True)
    assert route(State(form_active=True, requested_slot="name"), asked) is Move.AS_UNDERSTOOD
    assert route(State(form_active=True, requested_slot="contact"), asked) is Move.TELL_PURPOSE
