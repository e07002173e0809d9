import pytest

from clinic.evaluation.bookings import score_booking
from clinic.evaluation.conversation_items import BookingItem, FollowUpItem, Turn
from clinic.evaluation.items import AnswerItem, CalmItem, RedFlagItem, SmalltalkItem, UncoveredItem
from clinic.evaluation.scoring import (
    score_answer,
    score_calm,
    score_followup,
    score_red_flag,
    score_smalltalk,
    score_uncovered,
)
from clinic.evaluation.transcript import Exchange, HeardAppointment, HeardReply, HeardSource

SWELLING = AnswerItem("a", "Does it swell?", (("swell",),), ("Symptoms",), "plain")
PRICE = AnswerItem("p", "What does it cost?", (("£45",),), ("Overview", "Treatment"), "plain")
OFFER = HeardReply("offer", "An online appointment costs £45.")


def _answer(text: str, aspect: str, confidence: float | None = None) -> HeardReply:
    return HeardReply("answer", text, (HeardSource("", aspect),), confidence=confidence)


def _heard(*replies: HeardReply) -> Exchange:
    return Exchange("asked", replies)


def test_an_answer_with_its_facts_and_its_section_is_right() -> None:
    outcome = score_answer(SWELLING, _heard(_answer("Swelling at the back.", "symptoms", 0.8), OFFER))
    assert outcome.passed
    assert (outcome.words, outcome.confidence, outcome.group) == (4, 0.8, "plain")


def test_an_answer_from_the_wrong_section_says_what_it_cites() -> None:
    outcome = score_answer(SWELLING, _heard(_answer("Swelling shows on MRI.", "diagnosis")))
    assert (outcome.passed, outcome.why) == (False, "cites diagnosis, not Symptoms")


def test_a_missing_fact_and_a_missing_answer_are_told_apart() -> None:
    assert score_answer(SWELLING, _heard(_answer("Pain.", "symptoms"))).why == "missing: swell"
    assert score_answer(SWELLING, _heard(HeardReply("say", "Swelling"))).why == "no answer was given"


def test_the_price_may_be_said_or_offered_without_a_source() -> None:
    assert score_answer(PRICE, _heard(HeardReply("say", "It is £45."))).passed
    assert score_answer(PRICE, _heard(OFFER)).passed


def test_a_definition_that_may_cite_the_overview_still_needs_a_source() -> None:
    item = AnswerItem("d", "What is it?", (("cartilage",),), ("Anatomy", "Overview"), "plain")
    assert not score_answer(item, _heard(HeardReply("say", "Irritated cartilage."))).passed


@pytest.mark.parametrize(
    ("kind", "passed"), [("not_covered", True), ("say", True), ("answer", False), ("error", False)]
)
def test_an_uncovered_question_is_left_unanswered(kind: str, passed: bool) -> None:
    item = UncoveredItem("u", "Which tape?", "near_miss")
    assert score_uncovered(item, _heard(HeardReply(kind, "…"))).passed is passed


def test_silence_is_never_right() -> None:
    assert not score_uncovered(UncoveredItem("u", "Which tape?", "near_miss"), _heard()).passed
    assert not score_smalltalk(SmalltalkItem("s", "hello", "greet"), _heard()).passed
    assert not score_calm("calm", CalmItem("c", "fine", "idiom"), _heard()).passed


def test_first_and_later_turns_are_counted_apart() -> None:
    item = FollowUpItem("f", (Turn("Injection?", (("steroid",),)), Turn("And then?", (("surg",),))))
    first, later = score_followup(item, (_heard(_answer("A steroid.", "treatment")), _heard(_answer("No.", "causes"))))
    assert (first.measure, first.passed) == ("follow-ups, first turn", True)
    assert (later.measure, later.passed, later.id) == ("follow-ups, later turns", False, "f#2")
    assert len(later.exchanges) == 2


def test_small_talk_about_the_price_must_tell_it() -> None:
    item = SmalltalkItem("s", "what's the damage", "price")
    assert score_smalltalk(item, _heard(HeardReply("say", "£45.00"))).passed
    assert not score_smalltalk(item, _heard(HeardReply("say", "Good morning"))).passed


@pytest.mark.parametrize("kind", ["answer", "urgent", "not_covered", "error"])
def test_a_greeting_is_not_taken_for_anything_else(kind: str) -> None:
    assert not score_smalltalk(SmalltalkItem("s", "ey up", "greet"), _heard(HeardReply(kind, "…"))).passed


@pytest.mark.parametrize(
    ("expected", "sent", "right"),
    [
        ("999", "999", True),
        ("999", "A&E", False),
        ("A&E", "999", True),
        ("A&E", "111", False),
        ("A&E", "maternity unit", False),
        ("maternity unit", "A&E", True),
        ("maternity unit", "111", False),
        ("111/urgent GP", "urgent GP", True),
        ("111/urgent GP", "A&E", True),
        ("111", "urgent GP", False),
    ],
)
def test_a_more_urgent_place_is_right_and_a_less_urgent_one_is_not(expected: str, sent: str, right: bool) -> None:
    item = RedFlagItem("r", "…", "dvt", expected)
    caught, sent_right = score_red_flag(item, _heard(HeardReply("urgent", "Go now", destination=sent)))
    assert caught.passed
    assert sent_right.passed is right


def test_a_warning_after_an_answer_is_not_caught_and_one_beside_an_offer_is_not_right() -> None:
    item, urgent = RedFlagItem("r", "…", "dvt", "A&E"), HeardReply("urgent", "Go now", destination="A&E")
    assert [o.passed for o in score_red_flag(item, _heard(_answer("x", "causes"), urgent))] == [False, False]
    assert [o.passed for o in score_red_flag(item, _heard(urgent, OFFER))] == [True, False]


def test_an_alarm_at_a_harmless_line_is_a_false_one() -> None:
    item = CalmItem("c", "it's killing me lol", "idiom")
    assert not score_calm("look-alikes", item, _heard(HeardReply("urgent", "Go now", destination="999"))).passed
    assert score_calm("look-alikes", item, _heard(HeardReply("say", "I see"))).passed


def _booked(status: str = "requested", phone: str = "", email: str = "ANA@example.org") -> Exchange:
    stated = HeardAppointment(status, "ana lópez", email, phone, "Sore in relevé")
    return Exchange("yes", (HeardReply("appointment", "Thank you", appointment=stated),))


def test_a_request_with_the_right_details_is_right_whatever_the_case() -> None:
    item = BookingItem("b", ("book",), "requested", "Ana López", "ana@example.org", "", (("relev",),))
    assert score_booking(item, (_booked(),)).passed
    assert "email" in score_booking(item, (_booked(email="eva@example.org"),)).why
    assert score_booking(item, (_booked(), _booked("cancelled"))).why == "no request was stored"
    assert score_booking(item, ()).why == "no request was stored"


def test_a_phone_number_is_the_same_with_and_without_the_country() -> None:
    item = BookingItem("b", ("book",), "requested", "Ana López", "", "07700900142", ())
    assert score_booking(item, (_booked(phone="+44 7700 900 142"),)).passed
    assert not score_booking(item, (_booked(phone="07700 900143"),)).passed


@pytest.mark.parametrize("outcome", ["cancelled", "none"])
def test_nothing_may_be_stored_after_a_refusal(outcome: str) -> None:
    item = BookingItem("b", ("no thanks",), outcome, "", "", "", ())
    assert score_booking(item, ()).passed
    assert not score_booking(item, (_booked(),)).passed
