"""An appointment asked for in so many words begins a request, whatever else the message seems to be about."""

from __future__ import annotations

import pytest

from clinic.appointments.form.speech_acts import asks_for_appointment


@pytest.mark.parametrize(
    "text",
    [
        "I'd like an appointment about stiffness after long runs",
        "Evening. I'm Nell Dowd and I’d like an appointment",
        "i want to book an appointment pls",
        "An appointment for me, and I never use email",
        "please book me in for a video consultation",
        "i need a physio session",
    ],
)
def test_an_appointment_asked_for_in_so_many_words(text: str) -> None:
    assert asks_for_appointment(text)


@pytest.mark.parametrize(
    "text",
    [
        "I don't want an appointment",
        "I want to cancel my appointment",
        "I'd like an appointment, how much is it?",
        "do I need an appointment for a scan?",
        "my appointment was late",
        "what is an appointment like",
    ],
)
def test_what_only_speaks_of_appointments_is_none(text: str) -> None:
    assert not asks_for_appointment(text)
