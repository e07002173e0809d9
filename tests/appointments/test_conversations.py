"""Whole requests, as many kinds of people make them; nothing here is understood by the engine."""

from __future__ import annotations

import pytest

from clinic.appointments.model import Draft
from tests.appointments.test_form import talk

NELL = "nell@example.org"
FULL = Draft("Imogen Clarke", "imogen.clarke@example.org", notes="hurts on jumps")

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


@pytest.mark.parametrize(("turns", "request_made"), BOOKINGS)
def test_a_request_ends_as_it_was_meant(turns: tuple[str, ...], request_made: Draft) -> None:
    step = talk(*turns)
    assert (step.outcome, step.draft) == ("confirmed", request_made)


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "yep go for it",
        "ta, do it",
        "👍🏽",
        "si",
        "please do",
        "that's all correct thanks",
        "do it please",
        "why not",
        "could you send it please?",
        "no changes needed, send it",
        "nothing to change",
        "no, that's all correct",
        "no that's fine send it",
        "yea",
        "yesss",
        "affirmative",
        "I don't need to change anything, send it",
        "hundred percent",
        "that's everything, thanks",
        "gan on then",
        "righto",
        "mhm",
        "yes I agree to that",
        "Yes, I'm happy for you to keep these details",
        "that would be great",
        "OK send. Thanks!",
    ],
)
def test_a_yes_of_many_kinds_confirms(said: str) -> None:
    assert talk(said, draft=FULL, asked="confirm").outcome == "confirmed"


@pytest.mark.parametrize(
    "said",
    [
        "no",
        "actually no",
        "hmm no",
        "sorry no",
        "thanks but no thanks",
        "absolutely not",
        "definitely not",
        "on second thoughts no",
        "nah you're alright",
        "I don't agree",
        "i do not consent",
        "I'll ring instead",
        "I'd rather phone the clinic",
        "it's too dear",
        "not sending this",
    ],
)
def test_a_no_of_many_kinds_leaves_nothing(said: str) -> None:
    step = talk(said, draft=FULL, asked="confirm")
    assert (step.outcome, step.draft) == ("stopped", Draft())


@pytest.mark.parametrize(
    "said",
    [
        "I'm good",
        "I'm alright thanks",
        "no it's all good",
        "nope all good",
        "wait",
        "hang on",
        "hmm not sure",
        "take it back",
        "no e on Clarke",
        "the email is wrong",
        "name's wrong",
        "can I change something",
        "edit",
        "I want to change something",
        "phone me instead",
    ],
)
def test_what_is_neither_is_asked_once_more_and_changes_nothing(said: str) -> None:
    step = talk(said, draft=FULL, asked="confirm")
    assert (step.outcome, step.draft, step.wording) == ("ask", FULL, "ask_again_confirm")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("it's Imogen Clark", "name", "Imogen Clark"),
        ("Imogen Clarke-Jones", "name", "Imogen Clarke-Jones"),
        ("Clarke-Jones", "name", "Imogen Clarke-Jones"),
        ("the name should be Imogen Clarke-Jones", "name", "Imogen Clarke-Jones"),
        ("it's Imogen Mary Clarke", "name", "Imogen Mary Clarke"),
        ("can you change the name to Mo Clarke?", "name", "Mo Clarke"),
        ("everything's right except the name, it's Mo Clarke", "name", "Mo Clarke"),
        ("Clark not Clarke", "name", "Imogen Clark"),
        ("it's Clark without an e", "name", "Imogen Clark"),
        ("C-L-A-R-K", "name", "Imogen Clark"),
        ("example.net", "email", "imogen.clarke@example.net"),
        ("use mo@example.org not imogen.clarke@example.org", "email", "mo@example.org"),
        (".com not .org", "email", "imogen.clarke@example.com"),
        ("yes, my number is 07700 900123", "phone", "07700 900123"),
        ("yes but tuesday evenings please", "times", "tuesday evenings please"),
        ("can you add that I'm a dancer", "notes", "hurts on jumps; I'm a dancer"),
        ("and I'm pregnant", "notes", "hurts on jumps; I'm pregnant"),
        ("it's my left ankle not my right", "notes", "hurts on jumps; it's my left ankle not my right"),
        ("notes are wrong, it's my heel", "notes", "hurts on jumps; it's my heel"),
        ("change the notes to sore heel", "notes", "sore heel"),
        ("remove the notes", "notes", ""),
        ("I'm also 16", "minor", "self"),
    ],
)
def test_every_part_of_the_summary_can_be_corrected(said: str, field: str, value: str) -> None:
    step = talk(said, draft=FULL, asked="confirm")
    assert step.outcome == "ask"
    assert getattr(step.draft, field) == value


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
