"""What the engine learned of turns decides where words alone do not: one test for each kind and phase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.dialogue.follow_turns import follow_up_of
from clinic.dialogue.remarks import FollowUp
from clinic.dialogue.routing import Move, route
from clinic.dialogue.state import Awaiting, OpenCard, State
from clinic.dialogue.turns import Said

CARD = State(card=OpenCard("stroke"))
SENT = State(pending=True)
ASIDE = State(set_aside={"name": "Al Poe"})
ANSWERED = State(last_answer={"kind": "answer", "text": "From our article:\nPain."})


def said(text: str, phase: str, kind: str, share: float = 0.9, **more: object) -> Said:
    return Said(text, turns={phase: (kind, share)}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "move"),
    [
        ("not this term", "decline", Move.LET_GO),
        ("I'll have to ask my mum", "decline", Move.LET_GO),
        ("that's me done", "closing", Move.TAKE_LEAVE),
        ("sorry, the cat sat on the keys", "remark", Move.SMALL),
        ("this thing knows nothing", "grumble", Move.APOLOGISE),
        ("get somebody to telephone my house", "callback", Move.BEGIN_CALLBACK),
        ("what if my wifi drops in the session", "about_booking", Move.TELL_BOOKING),
        ("hockey", "tells", Move.ACKNOWLEDGE),
    ],
)
def test_in_the_talk_a_learned_turn_is_heard_as_what_it_is(text: str, kind: str, move: Move) -> None:
    assert route(State(), said(text, "talk", kind)) is move


def test_an_unsure_guess_changes_nothing() -> None:
    assert route(State(), said("not this term", "talk", "decline", 0.3)) is Move.AS_UNDERSTOOD


def test_a_sure_question_is_answered_whatever_turn_it_looks_like() -> None:
    asked = said("is surgery bad?", "talk", "closing", intent="ask_surgery", trusted=True)
    assert route(State(), asked) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize(
    ("text", "kind", "move"),
    [
        ("ditch it, I'm broke", "cancel", Move.ASK_CANCEL),
        ("afternoons after all", "correction", Move.CHANGE_REQUEST),
        ("when do I hear back", "about_request", Move.TELL_REQUEST),
        ("let it be", "keep", Move.KEEP_REQUEST),
    ],
)
def test_after_sending_a_learned_turn_is_about_the_request(text: str, kind: str, move: Move) -> None:
    assert route(SENT, said(text, "sent", kind)) is move


def test_any_words_for_yes_cancel_once_it_was_asked() -> None:
    asked = State(pending=True, awaiting=Awaiting.WITHDRAWAL)
    assert route(asked, said("ditch it", "withdrawing", "cancels_it")) is Move.CANCEL_REQUEST
    assert route(asked, said("hm, hold on to it", "withdrawing", "keeps_it")) is Move.KEEP_REQUEST


def test_what_was_put_aside_is_taken_up_in_words_nobody_listed() -> None:
    assert route(ASIDE, said("crack on where we were", "aside", "go_on")) is Move.RESUME


@pytest.mark.parametrize("state", [State(), State(over=True)])
def test_a_request_that_is_over_or_never_was_can_be_asked_after(state: State) -> None:
    asked = Said("what happened with my request", turns={"sent": ("about_request", 0.9), "talk": ("", 0.9)})
    assert route(state, asked) is Move.TELL_REQUEST


@pytest.mark.parametrize("kind", ["card_what", "card_wait", "card_heard", "card_played_down", "card_meanwhile"])
def test_with_a_card_open_a_turn_about_it_never_gets_an_article(kind: str) -> None:
    asked = said("is that the impingement?", "card", kind, intent="ask_definition", trusted=True, named=True)
    assert route(CARD, asked) is Move.CARD_AGAIN


def test_the_open_cards_own_sign_named_with_help_at_hand_closes_it() -> None:
    here = said("paramedics have her, her face is still down", "card", "dealt_with", red_flag="stroke")
    assert route(CARD, here) is Move.CLOSE_CARD


@pytest.mark.parametrize("text", ["nobody has come, her face is down", "the ambulance hasn't come", "not breathing"])
def test_help_that_has_not_come_closes_no_card(text: str) -> None:
    assert route(CARD, said(text, "card", "dealt_with", red_flag="stroke")) is Move.AS_UNDERSTOOD
    assert route(CARD, said(text, "card", "dealt_with")) is Move.CARD_AGAIN


def test_another_sign_raises_its_own_card_though_help_is_there() -> None:
    both = said("they have her, and now I have chest pain", "card", "dealt_with", red_flag="chest_pain")
    assert route(CARD, both) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize(
    ("kind", "how"), [("why", FollowUp.WHY), ("then", FollowUp.THEN), ("simpler", FollowUp.SIMPLER)]
)
def test_a_follow_up_in_new_words_continues_the_last_answer(kind: str, how: FollowUp) -> None:
    assert follow_up_of(ANSWERED, said("cos?", "talk", kind)) is how
    assert follow_up_of(State(), said("cos?", "talk", kind)) is None
    assert follow_up_of(ANSWERED, said("who does the scan", "talk", kind, named=True)) is None


def test_details_with_a_wish_beside_them_begin_a_request_and_a_question_with_details_does_not() -> None:
    given = Said("appt please - Uzma Chaudhry", intent="inform", trusted=True, details=True, books=True)
    assert route(State(), given) is Move.BEGIN_REQUEST
    assert route(State(), replace(given, books=False)) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize("text", ["and jumping", "and kicking a ball", "what about hockey"])
def test_the_same_asked_of_something_else_is_looked_up_not_taken_note_of(text: str) -> None:
    assert route(ANSWERED, said(text, "talk", "tells", intent="tell_detail", trusted=True)) is Move.LOOK_UP
    assert route(State(), said("jumping", "talk", "tells", intent="tell_detail", trusted=True)) is Move.ACKNOWLEDGE


def test_where_after_an_answer_is_where_it_hurts_and_after_a_price_where_the_clinic_is() -> None:
    where = Said("where tho", intent="ask_location", trusted=True)
    assert route(ANSWERED, where) is not Move.TELL_FACT
    assert route(replace(ANSWERED, memory={"of_clinic": 1}), where) is Move.TELL_FACT
    assert route(ANSWERED, replace(where, text="where in town is your clinic")) is Move.TELL_FACT


def test_a_no_that_may_mean_either_never_cancels() -> None:
    asked = State(pending=True, awaiting=Awaiting.WITHDRAWAL)
    text = "no leave the booking alone, I was talking to my dog"
    assert route(asked, said(text, "withdrawing", "cancels_it")) is Move.KEEP_REQUEST
    assert route(asked, said("no, cancel it", "withdrawing", "cancels_it")) is Move.CANCEL_REQUEST
    wrong_chat = said("no leave it, wrong chat", "withdrawing", "cancels_it", intent="delete_my_data", trusted=True)
    assert route(asked, wrong_chat) is Move.KEEP_REQUEST


def test_an_address_or_number_after_sending_is_a_correction() -> None:
    given = Said("you may as well have the landline, 020 7946 0664", intent="inform", trusted=True, contact=True)
    assert route(SENT, given) is Move.CHANGE_REQUEST
    another = replace(given, text="book one for my sister too, Ann Lee, ann@example.org", books=True)
    assert route(SENT, another) is Move.BEGIN_REQUEST


def test_a_likely_erasure_is_none_where_the_turn_was_learned_surely() -> None:
    unsure = said("show me all what I sent", "sent", "about_request", 0.7, intent="delete_my_data", trusted=True)
    assert route(SENT, replace(unsure, confidence=0.32)) is Move.TELL_REQUEST
    assert route(SENT, replace(unsure, confidence=0.8)) is Move.AS_UNDERSTOOD


def test_a_sure_question_about_booking_begins_no_request() -> None:
    asked = said("how quick could I be seen", "talk", "about_booking", 0.8, intent="book_appointment", trusted=True)
    assert route(State(), replace(asked, confidence=0.63)) is Move.TELL_BOOKING
    wish = said("put me down for one", "talk", "about_booking", 0.5, intent="book_appointment", trusted=True)
    assert route(State(), replace(wish, confidence=0.9)) is Move.AS_UNDERSTOOD


def test_a_wish_with_a_contact_and_a_question_is_both() -> None:
    both = Said(
        "I'm Tolu, tolu@example.org, can I be booked. Is Scotland ok?", parts=2, contact=True, books_beside=True
    )
    assert route(State(), both) is Move.ANSWER_AND_BEGIN
    assert route(State(), replace(both, contact=False)) is Move.ANSWER_EACH


def test_thanks_for_a_sent_request_are_welcome() -> None:
    assert route(SENT, said("lol good. thanks", "sent", "pleased")) is Move.WELCOME


def test_what_comes_next_inside_the_form_is_about_the_request() -> None:
    asked = Said("what's next", intent="read_more", trusted=True, confidence=0.6)
    form = State(form_active=True, requested_slot="notes", last_answer=ANSWERED.last_answer)
    assert route(form, asked) is Move.TELL_BOOKING


def test_the_same_of_something_else_is_asked_of_the_articles() -> None:
    asked = said("and hockey", "talk", "asks_on", intent="ask_risk_groups", trusted=True)
    assert route(ANSWERED, asked) is Move.LOOK_UP


def test_a_whole_question_continues_an_answer_only_where_that_is_very_sure() -> None:
    asked = said("how is it aimed then", "talk", "then", 0.6, intent="ask_injection", trusted=True)
    assert follow_up_of(ANSWERED, asked) is None
    assert follow_up_of(ANSWERED, said("how is it aimed then", "talk", "then", 0.9)) is FollowUp.THEN


@pytest.mark.parametrize("text", ["can one cancel it once it is made?", "if I say yes can I still change it after?"])
def test_before_anything_was_sent_cancelling_is_a_question_about_the_terms(text: str) -> None:
    asked = said(text, "talk", "about_booking", intent="cancel_appointment", trusted=True)
    assert route(State(), asked) is Move.TELL_TERMS
    assert route(State(form_active=True), asked) is Move.TELL_TERMS
    assert route(SENT, asked) is not Move.TELL_TERMS


def test_a_wish_to_cancel_what_was_never_sent_is_not_answered_with_terms() -> None:
    asked = said("cancel my appointment", "talk", "about_booking", intent="cancel_appointment", trusted=True)
    assert route(State(), asked) is not Move.TELL_TERMS


def test_who_only_asks_is_not_booked_in() -> None:
    turns = {"offer": ("decline", 0.9), "talk": ("decline", 0.9)}
    asks = Said("not booking owt yet, just asking", "book_appointment", True, 0.6, books=True, turns=turns)
    assert route(State(awaiting=Awaiting.OFFER), asks) is Move.LET_GO


def test_who_to_ask_after_what_only_the_clinic_knows_is_the_clinic() -> None:
    asked = said("ok who do i ask", "talk", "who", intent="ask_diagnosis")
    assert route(State(memory={"of_clinic": 1}), asked) is Move.GIVE_PERSON


def test_who_asks_about_the_appointment_is_not_booked_in() -> None:
    turns = {"talk": ("about_booking", 0.85)}
    asks = Said("can me coach sit in on it", "book_appointment", True, 0.7, books=True, turns=turns)
    assert route(State(), asks) is Move.TELL_BOOKING


def test_to_forget_the_matter_erases_no_chat() -> None:
    leaves = said("fine forget it then", "talk", "decline", intent="delete_my_data", trusted=True)
    assert route(State(), leaves) is Move.LET_GO
    erases = said("forget everything I said", "talk", "", intent="delete_my_data", trusted=True)
    assert route(State(), erases) is Move.AS_UNDERSTOOD


def test_a_wish_to_book_is_not_lost_to_a_guess_that_it_is_declined() -> None:
    turns = {"offer": ("decline", 0.65), "talk": ("decline", 0.65)}
    wish = Said("go on then ill have that online appointment", "book_appointment", True, 0.7, books=True, turns=turns)
    assert route(State(awaiting=Awaiting.OFFER), wish) is Move.BEGIN_REQUEST


@pytest.mark.parametrize("text", ["yes cancel my appt", "yep, withdraw that one", "Cancel the request, thank you"])
def test_who_says_cancel_when_asked_whether_to_cancel_is_never_told_that_the_request_stands(text: str) -> None:
    asked = State(pending=True, awaiting=Awaiting.WITHDRAWAL)
    assert route(asked, said(text, "withdrawing", "keeps_it")) is Move.CANCEL_REQUEST


@pytest.mark.parametrize("text", ["I didn't ask to cancel", "don't cancel", "keep it, I said cancel by mistake"])
def test_who_names_cancelling_to_keep_the_request_keeps_it(text: str) -> None:
    asked = State(pending=True, awaiting=Awaiting.WITHDRAWAL)
    assert route(asked, said(text, "withdrawing", "keeps_it")) is Move.KEEP_REQUEST


@pytest.mark.parametrize(("share", "move"), [(0.7, Move.AS_UNDERSTOOD), (0.9, Move.TELL_BOOKING)])
def test_of_a_wish_and_a_question_about_booking_the_surer_guess_counts(share: float, move: Move) -> None:
    turns = {"talk": ("about_booking", share)}
    text = "can i boook a apointment wiv the fizzio"
    taught = Said(text, intent="book_appointment", trusted=True, confidence=0.78, turns=turns)
    assert route(State(), taught) is move
