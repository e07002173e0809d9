"""A request after it was sent: corrected, told about and cancelled out of what is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import AppointmentError, Draft, Origin, Request
from clinic.appointments.service import AppointmentService
from clinic.dialogue.request_replies import corrected, told_reply, what_changed
from clinic.dialogue.responses import Responses
from clinic.dialogue.routing import Move, route
from clinic.dialogue.state import Awaiting, State
from clinic.dialogue.turns import Said
from clinic.settings import Settings
from tests.appointments.conftest import SUKI, desk, request_of_suki, sessions

__all__ = ["desk", "request_of_suki", "sessions"]
from language.contacts import find_contacts


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("sorry, my email is suki@example.org", "email", "suki@example.org"),
        ("my phone number is 07700 900123", "phone", "07700 900123"),
        ("change the name to Suki Lamb", "name", "Suki Lamb"),
    ],
)
def test_a_correction_is_read_as_at_the_summary(request_of_suki: Request, text: str, field: str, value: str) -> None:
    draft = corrected(request_of_suki, FormTurn(text, contacts=find_contacts(text)))
    assert draft is not None
    assert getattr(draft, field) == value


def test_a_corrected_request_is_stored_and_the_clinic_is_told(
    desk: AppointmentService, request_of_suki: Request, responses: Responses
) -> None:
    draft = replace(SUKI, email="suki@example.org")
    what = what_changed(SUKI, draft, responses)
    after = desk.amend(request_of_suki, draft, what)
    assert what == "email address"
    assert desk.requests.find(after.reference).draft.email == "suki@example.org"
    assert desk.requests.history(after.reference)[-1].reason == "changed: email address"


def test_a_cancelled_request_is_not_changed_any_more(desk: AppointmentService, request_of_suki: Request) -> None:
    desk.withdraw("conversation")
    with pytest.raises(AppointmentError):
        desk.amend(desk.requests.find(request_of_suki.reference), replace(SUKI, name="Suki"), "name")


def test_what_is_told_of_a_request_is_what_is_stored(
    request_of_suki: Request, settings: Settings, responses: Responses
) -> None:
    text = told_reply(request_of_suki, settings, responses).text
    assert request_of_suki.reference in text
    assert SUKI.email in text
    assert "isn't booked yet" in text


def test_a_call_back_is_kept_as_one(desk: AppointmentService) -> None:
    draft = Draft("Jo Bell", "", "07700 900321", "after 5", service="callback")
    made = desk.take(draft, "Shall I send it?", "2026-11", Origin("other", "m"))
    assert desk.requests.find(made.reference).draft.service == "callback"


@pytest.mark.parametrize(
    ("text", "move"), [("yes delete", Move.CANCEL_REQUEST), ("yes delete the whole chat", Move.AS_UNDERSTOOD)]
)
def test_deleting_answers_whether_to_cancel_unless_the_chat_is_meant(text: str, move: Move) -> None:
    asked = State(pending=True, awaiting=Awaiting.WITHDRAWAL)
    turns = {"withdrawing": ("cancels_it", 0.9)}
    assert route(asked, Said(text, "delete_my_data", True, 0.9, turns=turns)) is move


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("right cancel it", Move.ASK_CANCEL),
        ("I must cancel this, I fly home on Sunday", Move.ASK_CANCEL),
        ("no don't cancel it", Move.KEEP_REQUEST),
    ],
)
def test_who_says_cancel_is_asked_whether_to(text: str, move: Move) -> None:
    said = Said(text, "cancel_appointment", True, 0.6, turns={"sent": ("keep", 0.6)})
    assert route(State(pending=True), said) is move


def test_what_was_cancelled_elsewhere_changes_the_request() -> None:
    said = Said("my class got cancelled so thursday is fine", "inform", turns={"sent": ("correction", 0.8)})
    assert route(State(pending=True), said) is Move.CHANGE_REQUEST
