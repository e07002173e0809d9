"""What follows a message in each phase of a conversation: the table of moves, held cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.dialogue.remarks import FOLLOW_UPS
from clinic.dialogue.routing import Move, route
from clinic.dialogue.state import Awaiting, OpenCard, Phase, State
from clinic.dialogue.state_slots import read_state
from clinic.dialogue.turns import Said

CARD = State(card=OpenCard("cauda_equina"))
SENT = State(pending=True)
ASIDE = State(set_aside={"name": "Al Poe"})
FORM = State(form_active=True, requested_slot="email")
ANSWERED = State(last_answer={"kind": "answer", "text": "From our article:\nPain."})


def said(text: str, intent: str = "", **more: object) -> Said:
    return Said(text, intent, trusted=bool(intent), confidence=0.9, **more)  # type: ignore[arg-type]


def test_the_card_counts_before_the_form_and_the_form_before_a_sent_request() -> None:
    assert State(card=OpenCard("dvt"), form_active=True, pending=True).phase is Phase.CARD
    assert State(form_active=True, pending=True).phase is Phase.FORM
    assert State(pending=True, set_aside={}).phase is Phase.SENT


def test_a_state_is_read_from_the_slots_of_a_conversation() -> None:
    state = read_state({"red_flag": {"name": "dvt", "reminded": True}, "awaiting": "offer", "memory": {"uncovered": 2}})
    assert (state.card, state.awaiting, state.uncovered) == (OpenCard("dvt", True), Awaiting.OFFER, 2)


@pytest.mark.parametrize("state", [CARD, SENT, ASIDE, FORM, State()])
def test_a_new_red_flag_is_never_overruled(state: State) -> None:
    assert route(state, said("what is that", "ask_definition", red_flag="stroke")) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what is that", "ask_definition"),
        ("what do i do while i wait", "ask_self_help"),
        ("ok", "affirm"),
        ("can i book an appointment", "book_appointment"),
        ("its just anxiety", "describe_symptom"),
        ("carry on with booking", "stop"),
        ("can I wait until monday", "ask_recovery_time"),
        ("so should I book with you?", "book_appointment"),
        ("is it serious", "ask_prognosis"),
        ("are you sure", "bot_challenge_not"),
        ("thanks", "thanks"),
        ("no", "deny"),
        ("can I take ibuprofen", "ask_medication"),
    ],
)
def test_with_a_card_open_a_turn_about_it_gets_the_cards_own_lines(text: str, intent: str) -> None:
    assert route(CARD, said(text, intent)) is Move.CARD_AGAIN


def test_with_a_card_open_a_plain_other_question_is_answered() -> None:
    asked = said("what causes posterior ankle impingement", "ask_causes", named=True)
    assert route(CARD, asked) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize(
    "text", ["I've called 111, it is sorted", "the ambulance is on its way", "I rang them and it's been dealt with"]
)
def test_a_card_closes_when_its_matter_is_in_good_hands(text: str) -> None:
    assert route(CARD, said(text)) is Move.CLOSE_CARD


def test_a_card_stays_open_while_nobody_was_called() -> None:
    assert route(CARD, said("I haven't called them yet")) is Move.CARD_AGAIN


def test_what_was_put_aside_goes_on_in_any_words() -> None:
    assert route(ASIDE, said("can we finish the booking now", "resume_request")) is Move.RESUME


@pytest.mark.parametrize("intent", ["affirm", "read_more"])
def test_what_was_offered_to_go_on_goes_on_with_a_yes_or_a_bare_continue(intent: str) -> None:
    offered = State(set_aside={"name": "Al Poe"}, awaiting=Awaiting.RESUME)
    assert route(offered, said("continue", intent)) is Move.RESUME
    assert route(ASIDE, said("continue", intent)) is not Move.RESUME


@pytest.mark.parametrize("intent", ["cancel_appointment", "stop"])
def test_after_sending_any_wording_of_cancel_asks_once(intent: str) -> None:
    assert route(SENT, said("call it off", intent)) is Move.ASK_CANCEL


@pytest.mark.parametrize(
    "text",
    [
        "sorry, my email is anne@example.org not ann@example.org",
        "my phone number is 07700 900123",
        "I gave you the wrong email",
        "I gave the wrong email, it is samray@example.org",
    ],
)
def test_after_sending_a_correction_changes_the_request(text: str) -> None:
    assert route(SENT, said(text, "inform", details=True)) is Move.CHANGE_REQUEST


def test_after_sending_questions_about_the_request_are_answered_from_it() -> None:
    assert route(SENT, said("what is the reference again", "appointment_status")) is Move.TELL_REQUEST


def test_no_to_cancelling_says_that_the_request_stands() -> None:
    state = State(pending=True, awaiting=Awaiting.WITHDRAWAL)
    assert route(state, said("No, keep it", "deny")) is Move.KEEP_REQUEST


@pytest.mark.parametrize("state", [State(), FORM])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how soon will they get back to me", "ask_reply_time"),
        ("what would the first appointment involve?", "ask_first_appointment"),
        ("do you take bupa?", "ask_insurance"),
        ("is there parking?", "ask_parking"),
    ],
)
def test_a_question_about_the_clinic_never_begins_a_request(state: State, text: str, intent: str) -> None:
    assert route(state, said(text, intent)) is Move.TELL_FACT


def test_a_fact_of_the_clinic_is_told_on_a_likely_guess_and_not_on_a_weak_one() -> None:
    likely = Said("parking tho", "ask_parking", confidence=0.6)
    assert route(State(), likely) is Move.TELL_FACT
    assert route(State(), replace(likely, confidence=0.3)) is Move.AS_UNDERSTOOD


def test_how_booking_works_is_told_and_no_request_begins() -> None:
    assert route(State(), said("how does booking work", "ask_about_booking")) is Move.TELL_BOOKING


def test_how_long_it_lasts_is_asked_of_the_appointment_where_that_was_spoken_of_last() -> None:
    asked = said("how long does it last", "ask_prognosis", guesses=("ask_prognosis", "ask_appointment_length"))
    assert route(State(memory={"of_clinic": 1}), asked) is Move.TELL_FACT
    assert route(State(), asked) is Move.AS_UNDERSTOOD


def test_with_a_card_open_a_question_that_may_be_about_it_is_no_question_to_the_clinic() -> None:
    assert route(CARD, said("how soon will someone come", "ask_reply_time")) is Move.CARD_AGAIN
    assert route(CARD, said("is there parking", "ask_parking")) is Move.TELL_FACT


@pytest.mark.parametrize(
    "text", ["can I book an appointment?", "how do I book?", "could I have an appointment please?"]
)
def test_a_clear_wish_to_book_is_heard_as_one(text: str) -> None:
    assert route(State(), said(text, "book_appointment")) is Move.AS_UNDERSTOOD


def test_being_rung_back_is_a_request_of_its_own() -> None:
    assert route(State(), said("can someone call me", "request_callback")) is Move.BEGIN_CALLBACK


@pytest.mark.parametrize("text", ["for 3 weeks", "running"])
def test_what_is_only_told_is_noted(text: str) -> None:
    assert route(State(), said(text, "tell_detail")) is Move.ACKNOWLEDGE


@pytest.mark.parametrize("text", ["?", "...", "x" * 600])
def test_no_words_are_not_understood(text: str) -> None:
    assert route(State(), said(text, "abuse")) is Move.NOT_UNDERSTOOD


def test_a_test_word_is_not_understood() -> None:
    assert route(State(), said("asdf", "test_message")) is Move.NOT_UNDERSTOOD


@pytest.mark.parametrize("intent", FOLLOW_UPS)
def test_a_follow_up_continues_the_last_answer_where_there_is_one(intent: str) -> None:
    assert route(ANSWERED, said("and then", intent)) is Move.CONTINUE
    assert route(State(), said("and then", intent)) is Move.AS_UNDERSTOOD


def test_the_rest_of_a_section_is_no_bare_more() -> None:
    assert route(ANSWERED, said("show me the rest of that section", "read_more")) is Move.AS_UNDERSTOOD


def test_no_other_clinician_is_judged() -> None:
    assert route(ANSWERED, said("so is my doctor wrong", "doubt_clinician")) is Move.NO_JUDGEMENT


def test_who_wrote_the_article_is_a_question_about_the_article() -> None:
    assert route(State(), said("who wrote this", "ask_about_article")) is Move.TELL_ARTICLE


def test_several_questions_get_an_answer_each() -> None:
    assert route(State(), said("what is it and what does it cost", "ask_price", parts=2)) is Move.ANSWER_EACH


def test_after_a_clinic_fact_a_bare_why_is_for_a_person_and_a_question_for_the_articles() -> None:
    told = State(memory={"of_clinic": 1})
    learned = {"talk": ("why", 0.9)}
    assert route(told, said("why tho", "ask_causes", turns=learned)) is Move.GIVE_PERSON
    asked = said("what causes it though", "ask_causes", turns=learned)
    assert route(told, asked) is not Move.GIVE_PERSON


def test_who_gets_it_is_no_who_does_that() -> None:
    offered = State(last_answer=ANSWERED.last_answer, awaiting=Awaiting.OFFER)
    learned = {"offer": ("who", 0.9)}
    assert route(offered, said("who does that", turns=learned)) is Move.CONTINUE
    assert route(offered, said("who gets it", "ask_risk_groups", turns=learned)) is not Move.CONTINUE
