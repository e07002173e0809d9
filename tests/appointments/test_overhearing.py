"""A detail given beside a question is kept, whoever answers the question."""

from __future__ import annotations

import pytest

from clinic.appointments.form.asking import next_question
from clinic.appointments.form.overhearing import overhear
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Asked, Draft
from language.contacts import find_contacts
from tests.appointments.names import find_persons


def heard(text: str, asked: Asked = "name", learned: tuple[str, float] = ("asks", 0.9)) -> FormTurn:
    found = find_contacts(text), find_persons(text)
    return FormTurn(text, asked, "ask_age_limits", True, contacts=found[0], persons=found[1], learned=learned)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wilf Garside. why do you need it?", "Wilf Garside"),
        ("hi its karen, do i need to give my surname", "Karen"),
        ("is James Barker good, the physio?", ""),
        ("what does it cost with James Barker?", ""),
    ],
)
def test_a_name_beside_a_question_is_kept_and_one_inside_it_is_not(text: str, name: str) -> None:
    assert overhear(Draft(), heard(text)).name == name


def test_an_age_beside_a_question_asks_for_the_parent() -> None:
    kept = overhear(Draft(), heard("I'm 16, does that matter? Kit Fenwick"))
    assert (kept.name, kept.minor) == ("Kit Fenwick", "self")
    assert next_question(kept).wording == "minor_parent_contact"


def test_an_address_beside_a_question_is_kept_and_nothing_that_was_known_is_lost() -> None:
    kept = overhear(Draft("Kit Fenwick"), heard("kit@example.org, and do you have parking?", "email"))
    assert kept == Draft("Kit Fenwick", "kit@example.org")
    assert overhear(kept, heard("how long does it last", "notes")) == kept
