"""The request, turn by turn, as visitors make one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.appointments.form.asking import FormAction
from clinic.appointments.form.flow import next_action
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Draft
from language.contacts import find_contacts
from tests.appointments.names import find_persons

BOOKINGS = Path(__file__).parents[1] / "evaluation" / "tuning" / "booking.jsonl"
QUESTION = FormTurn("what does an mri show", intent="ask_imaging", trusted=True)


def talk(*turns: str | FormTurn, draft: Draft | None = None, asked: str = "name") -> FormAction:
    """The step after the last turn of a request that has begun; of plain texts only contacts and names are found."""
    step = FormAction("ask", draft or Draft(), asked)  # type: ignore[arg-type]
    for turn in turns:
        heard = turn if isinstance(turn, FormTurn) else FormTurn(turn)
        heard = replace(heard, asked=step.asked, contacts=find_contacts(heard.text), persons=find_persons(heard.text))
        step = next_action(step.draft, heard)
    return step


FULL = Draft("Imogen Clarke", "imogen.clarke@example.com", notes="hurts on jumps")


def test_every_booking_of_the_tuning_set_reaches_its_end_once_the_request_has_begun() -> None:
    lines = [json.loads(line) for line in BOOKINGS.read_text(encoding="utf-8").splitlines()]
    for one in lines:
        wanted = one["expect"]
        step = talk(*(turn["text"] for turn in one["turns"]), asked="")
        if wanted["outcome"] != "requested":
            assert step.outcome != "confirmed", one["id"]
            continue
        assert step.outcome == "confirmed", one["id"]
        assert (step.draft.name, step.draft.email) == (wanted["name"], wanted["email"]), one["id"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Patricia", "Patricia"),
        ("suki lam", "Suki Lam"),
        ("siobhán o'brien", "Siobhán O'Brien"),
        ("Müller-Łukasz", "Müller-Łukasz"),
        ("王小明", "王小明"),
        ("محمد", "محمد"),
        ("Меня зовут Арина Соколова", "Арина Соколова"),
        ("erm Dan", "Dan"),
        ("it's Tom", "Tom"),
        ("Mrs D. Featherstonehaugh, pronounced Fanshaw", "Mrs D. Featherstonehaugh"),
        ("right fair enough. Callum Reid", "Callum Reid"),
        ("Will Young", "Will Young"),
        ("Zoë O’Shaughnessy here", "Zoë O'Shaughnessy"),
        ("put it under Bea Lim please", "Bea Lim"),
    ],
)
def test_names_of_every_script_are_taken_as_they_are_written(said: str, name: str) -> None:
    step = talk(said)
    assert (step.draft.name, step.asked) == (name, "email")


@pytest.mark.parametrize(
    "said",
    [
        "my ankle hurts",
        "imogen@example.org",
        "07700 900123",
        "tuesdays after 4",
        "£45?",
        "?",
        "ok",
        "the left one",
        "12",
    ],
)
def test_nothing_else_becomes_a_name(said: str) -> None:
    assert talk(said).draft.name == ""


@pytest.mark.parametrize(
    ("said", "draft"),
    [
        (
            "Priya Raman, priya+physio@example.photography, 07700 900222",
            Draft("Priya Raman", "priya+physio@example.photography", "07700 900222"),
        ),
        ("Dave Ogden 07700 900871 its for my ankle", Draft("Dave Ogden", "", "07700 900871", "my ankle")),
        ("suki lam suki.lam@example.net", Draft("Suki Lam", "suki.lam@example.net")),
        ("reach me at nina @ example.org, name's Nina Petrova", Draft("Nina Petrova", "nina@example.org")),
        ("I'm Jo Bell, +33 1 23 45 67 89", Draft("Jo Bell", "", "+33 1 23 45 67 89")),
    ],
)
def test_everything_at_once(said: str, draft: Draft) -> None:
    assert talk(said).draft == draft


def test_an_address_that_cannot_be_one_is_asked_for_again_kindly() -> None:
    step = talk("Yusuf Demir", "yusufdemir.example.net")
    assert (step.asked, step.wording, step.draft.email) == ("email", "ask_again_email", "")
    assert talk("Yusuf Demir", "nina@example,org").wording == "ask_again_email"


def test_a_number_that_is_too_short_is_asked_for_again() -> None:
    assert talk("Yusuf Demir", "077009").wording == "ask_again_phone"


def test_something_that_is_no_contact_is_asked_for_again() -> None:
    assert talk("Yusuf Demir", "the usual one").wording == "ask_again_contact"


def test_an_address_said_in_words_is_understood() -> None:
    assert talk("Kasia", "kasia dot w at example dot com").draft.email == "kasia.w@example.com"


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("no, it's .org", "email", "imogen.clarke@example.org"),
        ("it should be example.net not example.com", "email", "imogen.clarke@example.net"),
        ("no that address is dead. i.clarke@example.com", "email", "i.clarke@example.com"),
        ("my name is spelt Clark", "name", "Imogen Clark"),
        ("no, it's Clark", "name", "Imogen Clark"),
        ("my name is Imogen Reid", "name", "Imogen Reid"),
        ("evenings suit me", "times", "evenings suit me"),
        ("also 07700 900123", "phone", "07700 900123"),
    ],
)
def test_a_correction_changes_the_summary_and_sends_nothing(said: str, field: str, value: str) -> None:
    step = talk(said, draft=FULL, asked="confirm")
    assert (step.outcome, step.asked, step.wording) == ("ask", "confirm", "ask_confirm")
    assert getattr(step.draft, field) == value


def test_three_corrections_then_a_yes() -> None:
    step = talk(
        "no, it's .org", "my name is spelt Clark", "and the pain is worse on stairs", "yes", draft=FULL, asked="confirm"
    )
    assert step.outcome == "confirmed"
    assert step.draft == Draft(
        "Imogen Clark", "imogen.clarke@example.org", notes="hurts on jumps; the pain is worse on stairs"
    )


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "perfect, fire it over",
        "aye on you go",
        "that'll do",
        "ok send it",
        "👍",
        "yes please!",
        "is good like this",
    ],
)
def test_a_yes_to_the_summary_confirms(said: str) -> None:
    assert talk(said, draft=FULL, asked="confirm").outcome == "confirmed"


@pytest.mark.parametrize(
    "said",
    [
        "hmm",
        "thanks",
        "yes but not my name",
        "let me think",
        "that's not right",
        "is that all?",
        "it's my right ankle",
        "please change the name",
    ],
)
def test_nothing_is_sent_without_a_plain_yes(said: str) -> None:
    assert talk(said, draft=FULL, asked="confirm").outcome in ("ask", "interrupted")


@pytest.mark.parametrize(
    "said", ["no thanks", "don't send it", "cancel", "forget it", "actually I've changed my mind", "not today"]
)
def test_a_refusal_leaves_nothing(said: str) -> None:
    step = talk(said, draft=FULL, asked="confirm")
    assert (step.outcome, step.draft) == ("stopped", Draft())


@pytest.mark.parametrize("asked", ["name", "email", "notes"])
def test_stop_is_heard_everywhere(asked: str) -> None:
    for said in ("stop", "oh forget it", "can we stop now", "too dear for me. leave it", "I don't want to carry on"):
        assert talk(said, draft=Draft("Patricia"), asked=asked).outcome == "stopped", said


def test_a_description_that_speaks_of_stopping_is_no_stop() -> None:
    for said in (
        "it stops me running",
        "I can't stop limping",
        "stop start running hurts",
        "leave it alone and the ankle hurts",
    ):
        assert talk(said, draft=Draft("Pat", "p@example.org"), asked="notes").draft.notes == said


@pytest.mark.parametrize("asked", ["name", "email", "notes", "confirm"])
def test_a_trusted_question_interrupts_and_keeps_what_was_given(asked: str) -> None:
    step = talk(QUESTION, draft=FULL, asked=asked)
    assert (step.outcome, step.draft, step.asked) == ("interrupted", FULL, asked)


def test_a_complaint_is_the_notes_whatever_the_engine_takes_it_for() -> None:
    heard = FormTurn("worst on steep descents", intent="ask_symptoms", trusted=True)
    step = talk(heard, draft=Draft("Gareth", "g@example.com"), asked="notes")
    assert (step.asked, step.draft.notes) == ("confirm", "worst on steep descents")


def test_a_message_with_an_address_is_details_whatever_the_engine_takes_it_for() -> None:
    heard = FormTurn("imogen@example.org?", intent="ask_price", trusted=True)
    assert talk(heard, draft=Draft("Imogen"), asked="email").draft.email == "imogen@example.org"


def test_a_red_flag_comes_first_in_every_state() -> None:
    for asked in ("name", "email", "notes", "confirm"):
        assert talk(FormTurn("yes but I have chest pain", red_flag=True), draft=FULL, asked=asked).outcome == "red_flag"


def test_a_contact_given_beside_a_red_flag_is_kept_for_later() -> None:
    step = talk(FormTurn("imogen@example.org, and my calf is hot and swollen", red_flag=True), draft=Draft("Imogen"))
    assert (step.outcome, step.draft) == ("red_flag", Draft("Imogen", "imogen@example.org"))


def test_nothing_more_is_no_notes() -> None:
    for said in ("nothing more", "skip", "no", "no thanks", "nowt else to say", "I'd rather not say"):
        step = talk(said, draft=Draft("Yusuf", "y@example.net"), asked="notes")
        assert (step.asked, step.draft.notes) == ("confirm", ""), said


def test_a_contact_corrected_while_the_notes_are_asked_for_is_not_the_notes() -> None:
    step = talk("no, that address is dead. g.hughes@example.com", draft=Draft("G", "gareth@example.com"), asked="notes")
    assert (step.asked, step.draft.email, step.draft.notes) == ("notes", "g.hughes@example.com", None)


def test_a_visitor_under_18_is_asked_for_a_parents_contact() -> None:
    step = talk("I'm Leo Farrow, I'm 15, leo@example.org")
    assert (step.asked, step.wording) == ("email", "minor_parent_contact")
    assert (step.draft.name, step.draft.email) == ("Leo Farrow", "")
    step = talk("my mum is Jane Farrow, jane@example.org", draft=step.draft, asked="email")
    assert (step.draft.name, step.draft.guardian, step.draft.email) == ("Leo Farrow", "Jane Farrow", "jane@example.org")
    assert step.asked == "notes"


def test_a_parents_address_given_with_the_age_is_enough() -> None:
    step = talk("Leo Farrow", "I'm 15, my dad's email is g.farrow@example.org")
    assert (step.asked, step.draft.email, step.draft.minor) == ("notes", "g.farrow@example.org", "self")


def test_a_parent_asking_for_a_child_is_not_asked_for_a_parent() -> None:
    step = talk("im suki lam", "suki.lam@example.net", "hes 13, its after cricket it gets sore")
    assert (step.asked, step.draft.minor, step.draft.name) == ("confirm", "child", "Suki Lam")


def test_preferred_times_are_kept_and_never_asked_for() -> None:
    step = talk("Could you fit me in on Thursday evening?", asked="")
    assert (step.asked, step.draft.times) == ("name", "Thursday evening")
    step = talk("tuesdays after 4 are best", draft=Draft("Pat", "p@example.org"), asked="notes")
    assert (step.asked, step.draft.times) == ("confirm", "tuesdays after 4 are best")  # not the same question again


def test_a_young_visitors_own_address_is_not_taken_for_a_parents() -> None:
    step = talk("I'm Leo Farrow, I'm 15", "leo@example.org")
    assert (step.asked, step.wording, step.draft.email) == ("email", "minor_parent_contact", "")


def test_what_is_told_beside_a_question_is_kept_as_the_notes() -> None:
    asked = FormTurn("dancer, both ankles, will it get better?", intent="ask_prognosis", trusted=True)
    step = talk(asked, draft=Draft("Jo", "jo@example.org"), asked="notes")
    assert (step.outcome, step.draft.notes) == ("interrupted", "dancer, both ankles")


def test_send_it_in_answer_to_the_notes_goes_to_the_summary_first() -> None:
    step = talk("ok send", draft=Draft("Jo", "jo@example.org"), asked="notes")
    assert (step.outcome, step.asked, step.draft.notes) == ("ask", "confirm", "")


def test_a_doubtful_understanding_is_no_consent() -> None:
    doubtful = FormTurn("hmm", "confirm", "affirm", True, confidence=0.5)
    assert next_action(FULL, doubtful).wording == "ask_again_confirm"


def test_delete_my_data_is_no_stop_of_the_form_but_a_wish_of_its_own() -> None:
    wish = FormTurn("delete my data", intent="delete_my_data", trusted=True)
    assert talk(wish, draft=FULL, asked="email").outcome == "interrupted"


def test_a_message_that_says_not_today_begins_no_request() -> None:
    assert talk("Forty-five pounds for a chat? Not today, thank you. Stop there.", asked="").outcome == "stopped"


def test_keys_struck_at_random_are_no_name() -> None:
    mashed = next_action(Draft(), FormTurn("jjjjj kkdkd;;", "name"))
    assert (mashed.asked, mashed.wording, mashed.draft.name) == ("name", "ask_again_name", "")
    assert next_action(Draft(), FormTurn("krzysztof ng", "name")).draft.name == "Krzysztof Ng"
