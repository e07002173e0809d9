"""Details typed while nothing had been asked for: a request begins with them, never with a yes taken for a name."""

from __future__ import annotations

import pytest

from clinic.appointments.form.turn import FormTurn
from clinic.appointments.form.unasked import begin_with, begins_request
from clinic.appointments.model import Draft
from language.contacts import find_contacts
from tests.appointments.names import find_persons


def heard(text: str, intent: str = "inform") -> FormTurn:
    return FormTurn(text, intent=intent, trusted=True, contacts=find_contacts(text), persons=find_persons(text))


@pytest.mark.parametrize("text", ["definitely", "Absolutely", "bet", "confirmed", "kindly proceed"])
def test_a_yes_to_the_offer_is_no_name(text: str) -> None:
    assert begin_with(heard(text, "affirm"), Draft(), offered=True).draft.name == ""


def test_a_name_after_the_offer_begins_the_request_with_it() -> None:
    assert begins_request(heard("Gareth Hughes"), offered=True, set_aside=False)
    assert begin_with(heard("Gareth Hughes"), Draft(), offered=True).draft.name == "Gareth Hughes"


def test_a_word_with_a_question_mark_is_no_name() -> None:
    assert begin_with(heard("plus?"), Draft(), offered=True).draft.name == ""
    assert begin_with(heard("Plum"), Draft(), offered=True).draft.name == "Plum"


def test_details_beside_a_wish_to_book_begin_a_request() -> None:
    assert begins_request(heard("book me in: kim@example.org"), offered=False, set_aside=False)
    assert not begins_request(heard("kim@example.org"), offered=False, set_aside=False)
