"""Questions about what was just asked or said are answered as what they are, and change nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.consent import ActionAffirm
from actions.lookup import surround
from actions.moves import _PERFORM
from actions.request_moves import MOVES_OF_REQUEST
from actions.services import Services
from actions.small_talk import ActionSmallTalk
from actions.tracker import Part, Turn
from clinic.appointments.model import Draft, Request
from clinic.appointments.service import AppointmentService
from clinic.dialogue.appointment_replies import ask_reply
from clinic.dialogue.fallback_replies import CannedReplies
from clinic.dialogue.request_turns import after_sending
from clinic.dialogue.responses import Responses
from clinic.dialogue.routing import Move, route
from clinic.dialogue.state import State
from clinic.dialogue.turns import Kind, Said
from clinic.knowledge.answers import Answer, Question
from clinic.knowledge.model import Article
from clinic.settings import Settings
from tests.appointments.conftest import desk, request_of_suki, sessions
from tests.appointments.test_form import talk

__all__ = ["desk", "request_of_suki", "sessions"]
FORM = State(form_active=True)
SENT = State(pending=True)


def quoted(aspect: str, **memory: Any) -> State:
    return State(last_answer={"kind": "answer", "sources": [{"aspect": aspect}]}, memory=memory)


class NoArticles:
    """A library without an article, and a list of what staff look into."""

    def articles(self) -> tuple[Article, ...]:
        return ()

    def answer(self, question: Question) -> tuple[Answer, ...]:
        return ()

    def note(self, conversation: str, kind: str) -> None:
        """Nothing is kept."""


@pytest.fixture
def given(settings: Settings, responses: Responses, canned: CannedReplies, desk: AppointmentService) -> Services:
    library: Any = NoArticles()
    return Services(settings, responses, canned, library, library, library, desk)


def turn(text: str, intent: str = "cancel_appointment", **more: Any) -> Turn:
    slots = more.pop("slots", {})
    return Turn(
        "conversation", "m1", text, intent, True, ((intent, 0.9),), (), (), (), "", "",
        slots=slots, said=(), actions=(), form_active=False, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "why do you need an email?",
        "what do you need my number for",
        "how come you ask for my name",
        "what's the email for",
        "is an email really needed",
        "do I have to give my name",
    ],
)
def test_what_a_detail_is_needed_for_is_told_from_the_form(text: str, given: Services) -> None:
    assert route(FORM, Said(text, "privacy", trusted=True)) is Move.TELL_PURPOSE
    told = _PERFORM[Move.TELL_PURPOSE](turn(text, "privacy"), FORM, given).replies[0].text
    assert "answer your request" in told
    rung = _PERFORM[Move.TELL_PURPOSE](turn(text, "privacy", slots={"service": "callback"}), FORM, given)
    assert "ring you" in rung.replies[0].text


@pytest.mark.parametrize(
    "text", ["what do you do with my details", "why do you keep my data", "why does it hurt", "I need an email"]
)
def test_what_is_kept_and_who_sees_it_is_asked_of_privacy(text: str) -> None:
    assert route(FORM, Said(text, "privacy", trusted=True)) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize("state", [FORM, State(), SENT])
def test_whether_one_could_be_rung_is_only_told_where_it_is_only_asked(state: State, given: Services) -> None:
    asked = Said("could I be rung instead … just asking", "request_callback", trusted=True, confidence=0.8)
    assert route(state, asked) is Move.TELL_CALLBACK
    learned = Said("could I be rung? only wondering", turns={"talk": ("callback", 0.7)})
    assert route(state, learned) is Move.TELL_CALLBACK
    assert "haven't changed anything" in _PERFORM[Move.TELL_CALLBACK](turn(asked.text), state, given).replies[0].text


def test_a_wish_to_be_rung_is_still_one() -> None:
    assert route(State(), Said("could somebody ring me", "request_callback", trusted=True)) is Move.BEGIN_CALLBACK


@pytest.mark.parametrize("text", ["cost of that", "how much is that", "what would it cost"])
@pytest.mark.parametrize("aspect", ["treatment", "diagnosis"])
def test_the_price_of_what_was_quoted_is_not_the_appointments(text: str, aspect: str, given: Services) -> None:
    asked = Said(text, "ask_price", trusted=True)
    assert route(quoted(aspect), asked) is Move.TELL_OTHER_COST
    reply = _PERFORM[Move.TELL_OTHER_COST](turn(text, "ask_price"), quoted(aspect), given).replies[0]
    assert reply.kind == "not_covered"
    assert "£45" in reply.text


def test_the_appointments_price_is_told_where_that_is_asked_for() -> None:
    assert route(quoted("treatment"), Said("how much is an appointment", "ask_price", trusted=True)) is (
        Move.AS_UNDERSTOOD
    )
    asked = Said("how much is that", "ask_price", trusted=True)
    assert route(quoted("treatment", of_clinic=1), asked) is Move.AS_UNDERSTOOD
    assert route(quoted("overview"), asked) is Move.AS_UNDERSTOOD


@pytest.mark.parametrize(
    "text",
    [
        "cancel it please, and what are your opening hours?",
        "please cancel and how long is the rehab",
        "please cancel it, what are the symptoms?",
    ],
)
def test_cancelling_beside_a_question_in_the_same_sentence_cancels(text: str) -> None:
    assert after_sending(SENT, Said(text, "ask_opening_hours", trusted=True)) is Kind.CANCEL


@pytest.mark.parametrize("text", ["should I cancel and how would I do it", "if I cancel, do I pay?"])
def test_a_question_about_cancelling_cancels_nothing(text: str) -> None:
    assert after_sending(SENT, Said(text, "ask_cancellation_terms", trusted=True)) is not Kind.CANCEL


def test_what_is_asked_beside_cancelling_is_answered_before_it_is_asked_about(
    given: Services, request_of_suki: Request
) -> None:
    both = turn("please cancel, and what is the phone number", readings={"beside": {"human_handoff": 0.9}})
    outcome = MOVES_OF_REQUEST[Move.ASK_CANCEL](both, SENT, given)
    first, last = (one.text for one in outcome.replies)
    assert given.settings.clinic.phone in first
    assert request_of_suki.reference in last
    assert outcome.slots["awaiting"] == "withdrawal"


def test_every_question_beside_cancelling_is_answered(given: Services, request_of_suki: Request) -> None:
    parts = tuple(Part(one, ((one, 0.9),)) for one in ("ask_opening_hours", "cancel_appointment", "ask_price"))
    outcome = MOVES_OF_REQUEST[Move.ASK_CANCEL](turn("cancel. hours? price?", parts=parts), SENT, given)
    assert ["opening hours" in outcome.replies[0].text, "£45" in outcome.replies[1].text] == [True, True]
    assert len(outcome.replies) == 3


def test_cancelling_alone_asks_once(given: Services, request_of_suki: Request) -> None:
    assert len(MOVES_OF_REQUEST[Move.ASK_CANCEL](turn("please cancel it"), SENT, given).replies) == 1


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("please change my phone number", "phone"),
        ("my email is wrong", "email"),
        ("the name is wrong", "name"),
        ("I made a mistake", "change"),
    ],
)
def test_a_detail_asked_for_after_sending_says_which(
    given: Services, request_of_suki: Request, text: str, slot: str
) -> None:
    (reply,) = MOVES_OF_REQUEST[Move.CHANGE_REQUEST](turn(text, "change_appointment"), SENT, given).replies
    assert (reply.kind, reply.extra["slot"]) == ("ask", slot)


@pytest.mark.parametrize("text", ["who do I take this up with", "so who should I speak to about it", "whose is that"])
def test_whom_to_take_a_complaint_to_is_told_after_one(text: str, given: Services) -> None:
    asked = Said(text, "ask_who", trusted=True, confidence=0.6)
    assert route(State(memory={"complained": 1}), asked) is Move.TAKE_COMPLAINT
    assert route(State(), asked) is not Move.TAKE_COMPLAINT
    said = _PERFORM[Move.TAKE_COMPLAINT](turn(text, "ask_who"), State(), given).replies[0].text
    assert given.settings.clinic.phone in said


@pytest.mark.parametrize(("text", "intent"), [("who gets it", "ask_risk_groups"), ("who is the physio", "ask_who")])
def test_after_a_complaint_something_else_can_still_be_asked(text: str, intent: str) -> None:
    asked = Said(text, intent, trusted=True, confidence=0.97)
    assert route(State(memory={"complained": 1}), asked) is Move.AS_UNDERSTOOD


def test_a_complaint_is_remembered_until_the_articles_are_asked(given: Services) -> None:
    told = ActionSmallTalk().respond(turn("the receptionist was rude", "complaint"), given)
    assert told.slots["memory"]["complained"] == 1
    after = surround(turn("what is it", "ask_definition", slots={"memory": {"complained": 1}}), given, [], None)
    assert after.slots["memory"]["complained"] == 0


def test_a_wish_to_be_rung_that_looks_like_two_questions_is_one_wish() -> None:
    text = "my daughter is 9 and has a sore heel, would somebody ring me please"
    wish = Said(text, "request_callback", True, 0.9, parts=2, turns={"talk": ("callback", 0.9)})
    assert route(State(), wish) is Move.BEGIN_CALLBACK
    both = Said("what is it and can someone ring me", "ask_definition", True, 0.9, parts=2)
    assert route(State(), both) is Move.ANSWER_EACH


def test_a_second_contact_is_said_back_beside_the_first(settings: Settings, responses: Responses) -> None:
    known = Draft(name="Kit Ames", email="kit.ames@example.org")
    step = talk("and my mobile is 07700 900123", draft=known, asked="notes")
    said = ask_reply(step, settings, responses).text
    assert said.startswith("Thank you, I have kit.ames@example.org, 07700 900123 now. In a few words")


@pytest.mark.parametrize("awaiting", ["erasure", "withdrawal"])
def test_an_unsure_yes_neither_erases_nor_cancels_nor_lets_the_question_go(
    awaiting: str, given: Services, request_of_suki: Request
) -> None:
    unsure = replace(turn("ok and jumping", "affirm", slots={"awaiting": awaiting}), ranking=(("affirm", 0.44),))
    outcome = ActionAffirm().respond(unsure, given)
    assert outcome.slots["awaiting"] == awaiting
    assert "erased" not in outcome.replies[0].extra
    assert given.requests.is_pending("conversation")
    surely = ActionAffirm().respond(replace(unsure, text="yes", ranking=(("affirm", 0.44),)), given)
    assert surely.slots["awaiting"] is None
