"""Steps back in the request, and the request for a call back."""

from __future__ import annotations

import pytest

from clinic.appointments.model import Draft
from tests.appointments.test_form import talk

NELL = "nell@example.org"
FULL = Draft("Nell Dowd", NELL, notes="sore heel")


@pytest.mark.parametrize("said", ["no", "nope", "that's not right", "no it isn't"])
def test_no_to_the_summary_asks_what_to_change(said: str) -> None:
    step = talk(said, draft=FULL, asked="confirm")
    assert (step.outcome, step.asked, step.draft) == ("ask", "change", FULL)


@pytest.mark.parametrize(
    ("said", "asked"), [("the email is wrong", "email"), ("the name", "name"), ("what it is about", "notes")]
)
def test_what_shall_be_changed_is_asked_for_again(said: str, asked: str) -> None:
    step = talk("no", said, draft=FULL, asked="confirm")
    assert (step.outcome, step.asked) == ("ask", asked)


def test_a_change_comes_back_to_the_summary_and_still_needs_a_yes() -> None:
    step = talk("no", "the email is wrong", "nell@example.net", draft=FULL, asked="confirm")
    assert (step.asked, step.draft.email) == ("confirm", "nell@example.net")


def test_not_sending_at_the_question_what_to_change_ends_the_request() -> None:
    assert talk("no", "don't send it", draft=FULL, asked="confirm").outcome == "stopped"


@pytest.mark.parametrize("said", ["go back", "previous", "I made a mistake", "the name is wrong"])
def test_going_back_at_the_contact_asks_for_the_name_again(said: str) -> None:
    step = talk("Al Poe", said)
    assert (step.outcome, step.asked, step.draft.name) == ("ask", "name", "")


def test_a_name_typed_once_more_is_a_correction() -> None:
    assert talk("Al Poe", "Al Pope").draft.name == "Al Pope"


def test_a_request_for_a_child_asks_for_the_parent() -> None:
    step = talk("can I book for my daughter, she is 15", asked="")
    assert (step.asked, step.wording) == ("name", "ask_guardian")


def test_a_call_back_needs_a_name_a_number_and_a_time() -> None:
    step = talk("Nell Dowd", "07700 900123", "after 5 on weekdays", "yes", draft=Draft(service="callback"))
    assert (step.outcome, step.draft.phone, step.draft.service) == ("confirmed", "07700 900123", "callback")
    assert "after 5" in f"{step.draft.notes} {step.draft.times}"


def test_a_call_back_does_not_take_an_address_for_a_number() -> None:
    step = talk("Nell Dowd", NELL, draft=Draft(service="callback"))
    assert (step.asked, step.draft.phone) == ("phone", "")
