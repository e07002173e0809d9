"""Whole requests, as many kinds of people make them; nothing here is understood by the engine."""

from __future__ import annotations

import pytest

from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Draft
from tests.appointments.test_form import talk

NELL = "nell@example.org"

# What is said after the request began; the request that stands at the end.
BOOKINGS: list[tuple[tuple[str, ...], Draft]] = [
    (("maria de la cruz", NELL, "sore heel", "yes"), Draft("Maria de la Cruz", NELL, notes="sore heel")),
    (("jan van der berg", NELL, "skip", "yep go for it"), Draft("Jan van der Berg", NELL, notes="")),
    (("fiona mcdonald", NELL, "skip", "ta, do it"), Draft("Fiona McDonald", NELL, notes="")),
    (("it's Layla al-Hassan", NELL, "no", "please do"), Draft("Layla al-Hassan", NELL, notes="")),
    (("call me Bob Little", NELL, "no", "si"), Draft("Bob Little", NELL, notes="")),
    (("This is Priya Patel here", NELL, "none", "👍"), Draft("Priya Patel", NELL, notes="")),
    (("this is Priya Patel speaking", NELL, "n/a", "y"), Draft("Priya Patel", NELL, notes="")),
    (("the name's Reid, Callum Reid", NELL, "nope", "deal"), Draft("Callum Reid", NELL, notes="")),
    (("first name Kofi, surname Mensah", NELL, "idk", "alright"), Draft("Kofi Mensah", NELL, notes="")),
    (("my mum is Hanna Berg", NELL, "no", "yes"), Draft("Hanna Berg", NELL, notes="")),
    (("mum's name is Hanna Berg", NELL, "no", "yes"), Draft("Hanna Berg", NELL, notes="")),
    (("grace hill", NELL, "nothing to add", "yess"), Draft("Grace Hill", NELL, notes="")),
    (("will smith", NELL, "that's everything", "ok then"), Draft("Will Smith", NELL, notes="")),
    (("my name is Will May", NELL, "skip", "go on"), Draft("Will May", NELL, notes="")),
    (("Ben Foot", NELL, "knee", "that's right"), Draft("Ben Foot", NELL, notes="knee")),
    (("An Nguyen", NELL, "knee", "that's it"), Draft("An Nguyen", NELL, notes="knee")),
    (("Tra My Le", NELL, "knee", "looks good"), Draft("Tra My Le", NELL, notes="knee")),
    (("Kofi I Mensah", NELL, "knee", "fine by me"), Draft("Kofi I Mensah", NELL, notes="knee")),
    (("José María de la Torre y Gómez", NELL, "no", "vale"), Draft("José María de la Torre y Gómez", NELL, notes="")),
    (("Rev. Mary Bell", NELL, "no", "if you would"), Draft("Rev. Mary Bell", NELL, notes="")),
    (("Nell Dowd (she/her)", NELL, "no", "100%"), Draft("Nell Dowd", NELL, notes="")),
    (("that would be Nell Dowd", NELL, "no", "uh huh"), Draft("Nell Dowd", NELL, notes="")),
    (("good evening, Nell Dowd here", NELL, "no", "done"), Draft("Nell Dowd", NELL, notes="")),
    (("Nell", f"Nell Dowd {NELL}", "no", "yes"), Draft("Nell Dowd", NELL, notes="")),
    (("Nell", NELL, "my surname is Dowd", "no", "yes"), Draft("Nell Dowd", NELL, notes="")),
    ((f"{NELL} and Nell Dowd", "no", "yes"), Draft("Nell Dowd", NELL, notes="")),
    ((f"Nell Dowd / {NELL}", "no", "yes"), Draft("Nell Dowd", NELL, notes="")),
    ((f'"Nell Dowd" <{NELL}>', "no", "yes"), Draft("Nell Dowd", NELL, notes="")),
    ((f"Nell Dowd\n{NELL}\nsore heel when running", "yes"), Draft("Nell Dowd", NELL, notes="sore heel when running")),
    ((f"nell dowd {NELL} sore heel since march", "yes"), Draft("Nell Dowd", NELL, notes="sore heel since march")),
    (
        ("Nell Dowd, hurdler, hurts on every jump", NELL, "y"),
        Draft("Nell Dowd", NELL, notes="hurdler, hurts on every jump"),
    ),
    (("nell dowd heel pain", NELL, "yes"), Draft("Nell Dowd", NELL, notes="heel pain")),
    (("Nell", f"{NELL}, and it's my heel", "yes"), Draft("Nell", NELL, notes="it's my heel")),
    (("Nell", f"{NELL}. Sore heel when I run.", "yes"), Draft("Nell", NELL, notes="Sore heel when I run")),
    (("Nell", "nell at example.org", "no", "yes"), Draft("Nell", NELL, notes="")),
    (("Nell", "nell@example dot org", "no", "yes"), Draft("Nell", NELL, notes="")),
    (("Nell", "use nell@example.org not nell@example.net", "no", "yes"), Draft("Nell", NELL, notes="")),
    (("Nell", "+44 (0) 7700 900 123", "no", "yes"), Draft("Nell", "", "07700 900123", "")),
    (("Nell", "00 44 7700 900123", "no", "yes"), Draft("Nell", "", "07700 900123", "")),
    (
        ("Nell", "oh seven seven double oh nine double oh one two three", "no", "y"),
        Draft("Nell", "", "07700 900123", ""),
    ),
    (("Nell", "07700/900123", "no", "yes"), Draft("Nell", "", "07700 900123", "")),
    (("Nell", "07700 900123 or 020 7946 0123", "no", "yes"), Draft("Nell", "", "07700 900123", "")),
    (("Nell Dowd, 07700 900123 after 6pm", "knee", "yes"), Draft("Nell Dowd", "", "07700 900123", "knee", "after 6pm")),
    (("Nell", "I'd rather not give an email", "07700 900123", "no", "yes"), Draft("Nell", "", "07700 900123", "")),
    (
        ("Nell", NELL, "sore heel", "and worse on stairs", "yes"),
        Draft("Nell", NELL, notes="sore heel; worse on stairs"),
    ),
    (
        ("Nell", NELL, "sore heel", "it's the left one", "yes"),
        Draft("Nell", NELL, notes="sore heel; it's the left one"),
    ),
    (
        ("Nell", NELL, "sore heel. will I need a scan?", "y"),
        Draft("Nell", NELL, notes="sore heel. will I need a scan?"),
    ),
    (("Nell", NELL, "yes", "sore heel", "yes"), Draft("Nell", NELL, notes="sore heel")),
    (("Nell", NELL, "?", "sore heel", "yes"), Draft("Nell", NELL, notes="sore heel")),
    (("Nell", NELL, "I'm not sure what to put", "yes"), Draft("Nell", NELL, notes="")),
    (
        ("Nell", NELL, "please ring rather than email", "yes"),
        Draft("Nell", NELL, notes="please ring rather than email"),
    ),
]


BOOKINGS += [
    (("de la Rosa, Ines", NELL, "no", "yes"), Draft("Ines de la Rosa", NELL, notes="")),
    (("Bob Smith", NELL, "shin splints", "yes"), Draft("Bob Smith", NELL, notes="shin splints")),
    (("Bob Stiles", NELL, "it's stiff", "yes"), Draft("Bob Stiles", NELL, notes="it's stiff")),
    (("Ann Winters", NELL, "stiff in winter", "yes"), Draft("Ann Winters", NELL, notes="stiff in winter")),
]


@pytest.mark.parametrize(("turns", "request_made"), BOOKINGS)
def test_a_request_ends_as_it_was_meant(turns: tuple[str, ...], request_made: Draft) -> None:
    step = talk(*turns)
    assert (step.outcome, step.draft) == ("confirmed", request_made)


@pytest.mark.parametrize(
    "said",
    [
        "Left Heel",
        "Posterior Impingement",
        "Severe Pain",
        "Online Session",
        "Yes Please",
        "Tuesday Evening",
        "tuesday",
        "evenings",
        "price list",
        "long covid",
        "card payment",
        "my son",
        "may i",
        "will do",
        "it's urgent",
        "that's fine",
        "call me back",
        "it's for My Ankle",
        "Next Week",
    ],
)
def test_what_only_looks_like_a_name_is_none(said: str) -> None:
    assert talk(said).draft.name == ""


@pytest.mark.parametrize(
    ("said", "notes"),
    [
        ("my heel hurts when I run. Book me in please", "my heel hurts when I run"),
        ("appointment please, posterior ankle impingement, had MRI", "posterior ankle impingement, had MRI"),
        ("I'd like to book an appointment for physio", None),
        ("how would the ankle get sorted", None),
    ],
)
def test_what_the_first_message_tells_is_not_asked_for_again(said: str, notes: str | None) -> None:
    assert talk(said, asked="").draft.notes == notes


def test_notes_in_another_language_are_kept_as_they_are_written() -> None:
    step = talk(FormTurn("脚踝疼", intent="language", trusted=True), draft=Draft("王小明", NELL), asked="notes")
    assert (step.asked, step.draft.notes) == ("confirm", "脚踝疼")


def test_a_question_beside_a_name_is_answered_and_the_name_is_kept() -> None:
    step = talk(FormTurn("Nell Dowd, do you take insurance?", intent="ask_other_cost", trusted=True))
    assert (step.outcome, step.draft.name) == ("interrupted", "Nell Dowd")
