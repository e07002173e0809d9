"""What looks like a wish and is none, what is one whatever it looks like, and help that is there beside a new sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.dialogue.request_cues import wrong_detail
from clinic.dialogue.routing import Move, route
from clinic.dialogue.state import Awaiting, State
from clinic.dialogue.state_slots import with_minor
from clinic.dialogue.turns import Said
from tests.dialogue.test_learned_turns import ANSWERED, CARD, SENT, said


@pytest.mark.parametrize(
    "text", ["no appointment today, just getting my head round it", "I don't need an appointment", "no booking thanks"]
)
def test_no_appointment_is_no_wish_for_one(text: str) -> None:
    refused = Said(text, "book_appointment", trusted=True, confidence=0.9)
    assert route(State(), refused) is Move.LET_GO


@pytest.mark.parametrize("text", ["we're away then. I'll no be needing it", "I won't be needing it now"])
def test_no_need_of_what_was_sent_asks_whether_to_cancel(text: str) -> None:
    assert route(SENT, Said(text, "book_appointment", trusted=True, confidence=0.7)) is Move.ASK_CANCEL


@pytest.mark.parametrize("text", ["I don't need a referral, book me in", "no appointment yet, can you book me one"])
def test_a_wish_beside_a_no_is_a_wish(text: str) -> None:
    wish = Said(text, "book_appointment", trusted=True, confidence=0.9)
    assert route(State(), wish) is Move.AS_UNDERSTOOD


def test_ringing_them_oneself_is_no_wish_to_be_rung() -> None:
    heard = said("right, I'll give them a bell", "talk", "closing", 0.7, intent="request_callback", trusted=True)
    assert route(State(), heard) is Move.TAKE_LEAVE


def test_the_ambulance_that_is_there_closes_a_card_though_another_sign_is_seen_in_the_words() -> None:
    here = said("ambulance is here now theyve got her", "card", "dealt_with", 0.98, red_flag="unconscious")
    assert route(CARD, here) is Move.CLOSE_CARD
    gone = said("the ambulance is here but she isn't breathing", "card", "dealt_with", 0.98, red_flag="unconscious")
    assert route(CARD, gone) is Move.AS_UNDERSTOOD
    less_sure = said("ambulance is here now, she's gone grey", "card", "dealt_with", 0.7, red_flag="unconscious")
    assert route(CARD, less_sure) is Move.AS_UNDERSTOOD


def test_too_long_to_leave_it_asks_for_no_length_of_the_appointment() -> None:
    offered = State(awaiting=Awaiting.OFFER)
    guesses = ("ask_recovery_time", "ask_appointment_length")
    left = Said("is that too long to leave it", "ask_recovery_time", confidence=0.4, guesses=guesses)
    assert route(offered, left) is Move.AS_UNDERSTOOD
    lasts = replace(left, text="how long does it take")
    assert route(offered, lasts) is Move.TELL_FACT


@pytest.mark.parametrize(
    "text",
    [
        "paramedics are here but she's gone unconscious again",
        "all sorted, my friend has cut her wrists",
        "the ambulance is here now she is fitting",
    ],
)
def test_a_new_sign_beside_help_that_is_there_is_a_new_card(text: str) -> None:
    heard = said(text, "card", "dealt_with", 0.99, red_flag="unconscious")
    assert route(CARD, heard) is Move.AS_UNDERSTOOD


def test_a_question_for_the_reference_is_about_the_request() -> None:
    assert route(SENT, Said("And what is the reference?", "ask_definition", trusted=True)) is Move.TELL_REQUEST


def test_cancelling_beside_a_question_asks_whether_to_cancel() -> None:
    both = Said("Please cancel my request. Also, how long is rehab after surgery?", "ask_surgery", trusted=True)
    assert route(SENT, both) is Move.ASK_CANCEL


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("I want to change the email", "email"),
        ("Oh dear, I gave you my old number", "phone"),
        ("change my email to x@example.org", ""),
        ("my surname's wrong on that", "name"),
        ("I think I've spelt my email wrong", "email"),
        ("you put my number in wrong", "phone"),
        ("the email on that needs fixing", "email"),
    ],
)
def test_a_detail_that_is_to_be_different_is_asked_for(text: str, detail: str) -> None:
    assert wrong_detail(text) == detail


def test_a_wish_among_questions_begins_the_request_where_a_name_is_given_or_it_says_so() -> None:
    asked = Said("what is it, how long is a session, and I'd take one. My name's Cal", parts=3, books_beside=True)
    assert route(State(), replace(asked, introduced=True)) is Move.ANSWER_AND_BEGIN
    assert route(State(), asked) is Move.ANSWER_EACH
    in_words = replace(asked, text="how much is an appointment and can you book me in")
    assert route(State(), in_words) is Move.ANSWER_AND_BEGIN


@pytest.mark.parametrize(
    "text",
    [
        "Just finding out for now: how does one go about booking with you?",
        "It's for my daughter, 24. Not booking anything yet. Would she see him on a screen?",
    ],
)
def test_booking_that_is_only_asked_about_begins_nothing(text: str) -> None:
    asked = Said(text, "book_appointment", trusted=True, confidence=0.84)
    assert route(State(), asked) is Move.TELL_BOOKING
    assert route(State(), replace(asked, text="book me in, not just asking")) is Move.AS_UNDERSTOOD
    rung = replace(asked, text="Not booking anything yet, could somebody ring me?", intent="request_callback")
    assert route(State(), rung) is Move.BEGIN_CALLBACK


def test_a_wish_to_be_rung_among_questions_is_begun_once_they_are_answered() -> None:
    asked = Said("does running do it? how long is a session? then please phone me", parts=3, rings_beside=True)
    assert route(State(), asked) is Move.ANSWER_AND_RING
    assert route(ANSWERED, asked) is Move.ANSWER_AND_RING


def test_the_bare_word_cause_asks_for_the_causes_and_why_for_the_reason_of_what_was_said() -> None:
    learned = {"talk": ("why", 0.92)}
    bare = Said("cause", "ask_causes", trusted=True, confidence=0.94, turns=learned)
    assert route(ANSWERED, bare) is Move.AS_UNDERSTOOD
    assert route(ANSWERED, replace(bare, text="why", intent="follow_up_why")) is Move.CONTINUE


def test_what_is_taken_for_erasing_but_names_nothing_to_erase_is_not_understood() -> None:
    cross = Said("and I do not want fobbing off either", "delete_my_data", trusted=True, confidence=0.53)
    assert route(State(), cross) is Move.NOT_UNDERSTOOD
    assert route(State(), replace(cross, text="and I do not want my chat kept")) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize(
    "text",
    [
        "I should be obliged to know with whom a consultation would be held, and of what duration",
        "please tell me doctor name, fee and time of one session",
    ],
)
def test_a_wish_to_know_is_no_wish_to_book(text: str) -> None:
    assert route(State(), Said(text, "book_appointment", trusted=True, confidence=0.8)) is Move.TELL_BOOKING


def test_what_is_to_be_added_corrects_the_request_whatever_it_looks_like() -> None:
    added = Said("can you add that it started after trampolining", "ask_causes", trusted=True, confidence=0.9)
    assert route(SENT, added) is Move.CHANGE_REQUEST


def test_how_long_it_lasts_is_asked_of_the_appointment_where_nothing_else_was_spoken_of() -> None:
    asked = Said("How long will it last?", "ask_recovery_time", trusted=True, confidence=0.6)
    assert route(replace(SENT, memory={"of_clinic": 1}), asked) is Move.TELL_FACT
    assert route(replace(ANSWERED, memory={"of_clinic": 1}), asked) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize(
    "text",
    [
        "book me in and tell me what time",
        "I didn't need the other one, I'd like to see James",
        "I won't need long, could it be Tuesday",
        "please book something and let me know when",
    ],
)
def test_a_wish_with_such_words_beside_it_is_still_a_wish(text: str) -> None:
    wish = Said(text, "book_appointment", trusted=True, confidence=0.9)
    assert route(State(), wish) is Move.AS_UNDERSTOOD


def test_who_is_under_18_is_remembered_until_somebody_else_is_named() -> None:
    memory = with_minor({"uncovered": 1}, "our son Finlay is 10, he limps after matches")
    assert memory == {"uncovered": 1, "minor": "child"}
    assert with_minor(memory, "what causes it") == memory
    assert State(memory=memory).minor == "child"


def test_to_be_rung_beside_a_name_and_a_number_is_no_appointment_unless_one_is_asked_for() -> None:
    rung = said("Please can the clinic call me? Ines Faro, 07700 900507", "talk", "callback", 0.58, books=True)
    assert route(State(), rung) is Move.BEGIN_CALLBACK
    both = replace(rung, text="I'd like an appointment, please ring me on 07700 900507")
    assert route(State(), both) is Move.BEGIN_REQUEST


def test_who_asks_whether_anybody_rings_after_a_cancellation_begins_no_other_request() -> None:
    turns = {"talk": ("callback", 0.62), "sent": ("about_request", 0.88)}
    asks = Said("so no one's gonna ring me yeah?", "request_callback", trusted=True, turns=turns)
    assert route(State(over=True), asks) is Move.TELL_REQUEST
    assert route(State(over=True), replace(asks, text="ring me then")) is Move.BEGIN_CALLBACK


def test_who_asks_whether_one_could_cancel_later_is_told_and_keeps_the_request() -> None:
    asks = said("I'm not cancelling, but could I still cancel later?", "sent", "keep", 0.73)
    assert route(SENT, asks) is Move.TELL_TERMS
    assert route(SENT, replace(asks, text="I'm not cancelling")) is Move.KEEP_REQUEST


def test_a_question_after_a_small_remark_is_answered() -> None:
    heard = said("sorry the cat was on the keyboard. can it ache when your just sitting resting", "talk", "remark", 0.7)
    assert route(State(), heard) is Move.AS_UNDERSTOOD
    assert route(State(), replace(heard, text="sorry the cat was on the keyboard. silly thing")) is Move.SMALL
    assert route(State(), replace(heard, text="haha you are funny, are you?")) is Move.SMALL


@pytest.mark.parametrize("text", ["I might have to cancel, how does that work", "when I cancel, what do I pay"])
def test_who_may_cancel_one_day_cancels_nothing_now(text: str) -> None:
    assert route(SENT, said(text, "sent", "about_booking")) is not Move.ASK_CANCEL
    now = said("please cancel it, and what is your number", "sent", "about_booking")
    assert route(SENT, now) is Move.ASK_CANCEL


def test_an_appointment_asked_for_a_child_begins_with_the_age_that_is_told() -> None:
    asked = Said("can i book for my daughter, 14", "ask_age_limits", trusted=True, confidence=0.51)
    assert route(State(), asked) is Move.BEGIN_REQUEST
    assert route(State(), replace(asked, text="can children of 14 book?")) is Move.TELL_FACT
    assert route(State(), replace(asked, text="can i book for my daughter, 24")) is Move.TELL_FACT


@pytest.mark.parametrize(
    "text",
    [
        "we don't need it at 5 now, make it 6",
        "I don't want that time now, Tuesday is better",
        "I don't need it any more at nine, ten is better",
        "I don't want it on Monday after all, Friday please",
    ],
)
def test_another_time_is_a_correction_and_no_cancelling(text: str) -> None:
    learned = {"sent": ("correction", 0.9)}
    assert route(SENT, Said(text, "change_appointment", trusted=True, turns=learned)) is Move.CHANGE_REQUEST


def test_what_is_to_be_added_with_thanks_is_added() -> None:
    asked = Said("thanks, please add that I fence", "thanks", trusted=True, turns={"sent": ("correction", 0.87)})
    assert route(SENT, asked) is Move.CHANGE_REQUEST


def test_thanks_after_sending_are_no_note_and_a_question_on_the_clinic_is_answered() -> None:
    thanks = Said("Thanks, that was easier than the ferry", "thanks", trusted=True, turns={"sent": ("correction", 0.7)})
    assert route(SENT, thanks) is Move.AS_UNDERSTOOD
    online = Said("Is it online, remind me?", "ask_online", trusted=True, turns={"sent": ("about_request", 0.7)})
    assert route(SENT, online) is Move.AS_UNDERSTOOD
    assert route(SENT, replace(online, text="is my request online yet?")) is Move.TELL_REQUEST


@pytest.mark.parametrize(
    "text",
    [
        "I do not want it any more, the new flat has no internet",
        "I shan't be needing it after all",
        "we don't need it now",
    ],
)
def test_what_is_wanted_no_longer_is_asked_about_whatever_it_looks_like(text: str) -> None:
    assert route(SENT, Said(text, "ask_surgery", turns={"sent": ("correction", 0.9)})) is Move.ASK_CANCEL


def test_deleting_the_request_is_cancelling_it_and_the_chat_stays() -> None:
    learned = {"sent": ("cancel", 0.94)}
    deletes = Said("please delete my request", "delete_my_data", trusted=True, confidence=0.7, turns=learned)
    assert route(SENT, deletes) is Move.ASK_CANCEL
    assert route(SENT, replace(deletes, text="please delete my request and this chat")) is not Move.ASK_CANCEL


@pytest.mark.parametrize(
    "text",
    [
        "My GP in Swansea has told me it's Achilles tendonitis. I've read your page. Is she wrong?",
        "the physio says rest, your article says move. were they mistaken",
        "Is my consultant right about that?",
    ],
)
def test_whether_a_clinician_is_wrong_is_settled_by_no_article(text: str) -> None:
    asked = Said(text, "ask_symptoms", trusted=True, parts=2)
    assert route(State(), asked) is Move.NO_JUDGEMENT


@pytest.mark.parametrize(
    "text",
    [
        "Is the exercise right for me, or should I ask my physio?",
        "my physio gave me insoles, are they right for pointe",
    ],
)
def test_whether_a_thing_suits_doubts_nobody(text: str) -> None:
    assert route(State(), Said(text, "ask_exercise", trusted=True)) is Move.AS_UNDERSTOOD


def test_a_wish_is_begun_on_only_where_a_word_of_it_was_said() -> None:
    guess = Said("who help me in those weeks", "book_appointment", trusted=True)
    assert route(State(), replace(guess, confidence=0.67)) is Move.LOOK_UP
    assert route(State(), replace(guess, confidence=0.9)) is Move.AS_UNDERSTOOD, "a sure guess is believed"
    assert route(State(), replace(guess, text="bookin", confidence=0.67)) is Move.AS_UNDERSTOOD


def test_a_new_wish_after_one_was_cancelled_is_no_refusal() -> None:
    wish = said("now book me the online one instead", "talk", "decline", 0.56, intent="book_appointment", trusted=True)
    assert route(State(over=True), replace(wish, confidence=0.98)) is Move.AS_UNDERSTOOD
    assert route(State(), replace(wish, confidence=0.5)) is Move.LET_GO


def test_several_questions_inside_the_form_are_answered_each() -> None:
    form = State(form_active=True, requested_slot="name")
    asked = Said("how long is it and what does it cost?", "ask_price", trusted=True, confidence=0.9, parts=2)
    assert route(form, asked) is Move.ANSWER_EACH
    assert route(form, replace(asked, details=True)) is not Move.ANSWER_EACH


def test_who_does_what_was_quoted_is_asked_of_the_article_and_who_it_is_with_of_the_clinic() -> None:
    for text in ("who does the rehab", "so who would send me for that"):
        assert route(ANSWERED, Said(text, "ask_who", trusted=True, confidence=0.6)) is Move.CONTINUE
    assert (
        route(ANSWERED, Said("who is the session with", "ask_who", trusted=True, confidence=0.6)) is Move.AS_UNDERSTOOD
    )


def test_the_number_to_ring_is_no_wish_to_be_rung() -> None:
    for text, move in (
        ("then let me have the number to ring", Move.GIVE_PERSON),
        ("my number to ring me on is on the form, ring me", Move.BEGIN_CALLBACK),
    ):
        assert route(State(), Said(text, "request_callback", trusted=True, confidence=0.9)) is move


def test_keys_struck_at_random_are_no_words() -> None:
    assert route(State(), Said("p0p0ooo", "book_appointment", confidence=0.4)) is Move.NOT_UNDERSTOOD
    assert route(State(), Said("12weeks", "tell_detail", trusted=True, confidence=0.9)) is Move.ACKNOWLEDGE
