"""What follows a message in each phase of a conversation: the table of moves, held cell by cell."""

from __future__ import annotations

import pytest

from clinic.dialogue.routing import Move, route
from clinic.dialogue.state import Awaiting, OpenCard, Phase, State, read_state
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


@pytest.mark.parametrize(
    "text",
    [
        "continue with the booking",
        "carry on with the booking",
        "go on with it",
        "I'd like to go on with it now",
        "continue",
        "let's continue",
        "resume",
        "back to the appointment",
        "yes go on with the appointment",
        "can we finish the booking now",
    ],
)
def test_what_was_put_aside_goes_on_in_any_words(text: str) -> None:
    assert route(ASIDE, said(text, "stop")) is Move.RESUME


@pytest.mark.parametrize(
    "text",
    [
        "cancel",
        "cancel it",
        "cancel that",
        "scrap that",
        "I changed my mind",
        "actually don't send it",
        "withdraw it",
        "stop",
        "no sorry that was a mistake",
        "cancel please",
    ],
)
def test_after_sending_any_wording_of_cancel_asks_once(text: str) -> None:
    assert route(SENT, said(text, "deny")) is Move.ASK_CANCEL


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


@pytest.mark.parametrize(
    "text",
    [
        "what is the reference again",
        "what happens next",
        "can I get a confirmation email",
        "did you mail me",
        "what email did I give you?",
    ],
)
def test_after_sending_questions_about_the_request_are_answered_from_it(text: str) -> None:
    assert route(SENT, said(text, "repeat")) is Move.TELL_REQUEST


def test_no_to_cancelling_says_that_the_request_stands() -> None:
    state = State(pending=True, awaiting=Awaiting.WITHDRAWAL)
    assert route(state, said("No, keep it", "deny")) is Move.KEEP_REQUEST


@pytest.mark.parametrize("state", [State(), FORM])
@pytest.mark.parametrize(
    "text",
    [
        "how soon will they get back to me",
        "can I get this on the NHS",
        "what would the first appointment involve?",
        "do I need my mum to book",
        "my son is 12, can he have this?",
        "do you take bupa?",
        "is there parking?",
        "can I come in person? no camera",
        "do I need to be there with her?",
    ],
)
def test_a_question_about_the_clinic_never_begins_a_request(state: State, text: str) -> None:
    assert route(state, said(text, "book_appointment")) is Move.TELL_FACT


@pytest.mark.parametrize(
    "text", ["Where are you?", "What time do you open?", "evenings or weekends?", "do you do discounts"]
)
def test_facts_of_the_clinic_are_told(text: str) -> None:
    assert route(State(), said(text, "ask_clinic_fact")) is Move.TELL_FACT


@pytest.mark.parametrize(
    "text", ["can I book an appointment?", "how do I book?", "could I have an appointment please?"]
)
def test_a_clear_wish_to_book_is_heard_as_one(text: str) -> None:
    assert route(State(), said(text, "book_appointment")) is Move.AS_UNDERSTOOD


def test_being_rung_back_is_a_request_of_its_own() -> None:
    assert route(State(), said("can someone call me", "book_appointment")) is Move.BEGIN_CALLBACK


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("for 3 weeks", "ask_recovery_time"),
        ("about 3 weeks", "ask_recovery_time"),
        ("had it 3 months now", "complaint"),
        ("running", "goodbye"),
        ("since May", "inform_not"),
        ("I'm a ballet dancer", "ask_risk_groups"),
    ],
)
def test_what_is_only_told_is_noted(text: str, intent: str) -> None:
    assert route(State(), said(text, intent)) is Move.ACKNOWLEDGE


@pytest.mark.parametrize("text", ["?", "...", "asdf", "/restart", "x" * 600, "test", "hjkl"])
def test_no_words_are_not_understood(text: str) -> None:
    assert route(State(), said(text, "abuse")) is Move.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "text", ["and why", "what then", "how come?", "say it simpler", "if that doesn't work", "who does that"]
)
def test_a_follow_up_continues_the_last_answer(text: str) -> None:
    assert route(ANSWERED, said(text, "ask_definition")) is Move.CONTINUE


def test_no_other_clinician_is_judged() -> None:
    assert route(ANSWERED, said("so is my doctor wrong", "ask_diagnosis")) is Move.NO_JUDGEMENT


def test_who_wrote_the_article_is_a_question_about_the_article() -> None:
    assert route(State(), said("who wrote this", "ask_who")) is Move.TELL_ARTICLE


def test_a_show_on_saturday_is_no_appointment() -> None:
    assert route(State(), said("can i still do my show on saturday", "appointment_status")) is Move.LOOK_UP


def test_several_questions_get_an_answer_each() -> None:
    assert route(State(), said("what is it and what does it cost", "ask_price", parts=2)) is Move.ANSWER_EACH
