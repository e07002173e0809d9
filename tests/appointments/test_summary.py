"""What visitors answer to the summary: yes, no, neither, or a correction."""

from __future__ import annotations

import pytest

from clinic.appointments.model import Draft
from tests.appointments.test_form import talk

SUMMARY = Draft("Imogen Clarke", "imogen.clarke@example.org", notes="hurts on jumps")


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
    assert talk(said, draft=SUMMARY, asked="confirm").outcome == "confirmed"


@pytest.mark.parametrize(
    "said",
    [
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
    step = talk(said, draft=SUMMARY, asked="confirm")
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
        "can I change something",
        "edit",
        "I want to change something",
        "phone me instead",
    ],
)
def test_what_is_neither_is_asked_once_more_and_changes_nothing(said: str) -> None:
    step = talk(said, draft=SUMMARY, asked="confirm")
    assert (step.outcome, step.draft, step.wording) == ("ask", SUMMARY, "ask_again_confirm")


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
        ("yes but tuesday evenings please", "times", "tuesday evenings"),
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
    step = talk(said, draft=SUMMARY, asked="confirm")
    assert step.outcome == "ask"
    assert getattr(step.draft, field) == value


def test_nothing_more_is_said_to_the_summary_as_to_the_notes_but_agrees_to_nothing() -> None:
    for said in ("skip", "nothing more", "nothing else"):
        assert talk(said, draft=SUMMARY, asked="confirm").outcome == "ask", said
