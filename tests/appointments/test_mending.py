"""A detail that is put right: taken out, swapped, told anew, or kept after all; and the times that suit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.appointments.form.flow import next_action
from clinic.appointments.form.going_back import removed_detail
from clinic.appointments.form.times import find_times, named_times
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Asked, Draft
from language.contacts import find_contacts
from tests.appointments.test_learned_steps import FULL, REACHED, heard, step

BOTH = Draft("Annika Berg", "annika@example.net", "07700 900128", notes="the landing foot aches", times="Friday")


def test_a_number_that_is_to_go_is_taken_out_and_the_summary_shown() -> None:
    left = step(BOTH, "take my phone number off please", "confirm", "stops")
    assert (left.asked, left.draft.phone, left.draft.email) == ("confirm", "", "annika@example.net")


def test_the_only_contact_that_is_to_go_is_asked_for_anew() -> None:
    left = step(FULL, "please remove my email", "confirm", "stops")
    assert (left.asked, left.draft.email, left.draft.name) == ("email", "", "Leon Barker")


@pytest.mark.parametrize("said", ["ok is right. Send", "no leave it, it's fine", "keep what you had"])
def test_a_name_that_was_right_after_all_is_kept(said: str) -> None:
    asked = step(FULL, "the name is wrong", "confirm", "corrects")
    assert (asked.asked, asked.draft.name) == ("name", "")
    kept = step(asked.draft, said, "name", "leaves_it")
    assert (kept.asked, kept.draft) == ("confirm", FULL)


def test_a_better_name_takes_the_place_of_the_former() -> None:
    asked = step(FULL, "the name is wrong", "confirm", "corrects")
    given = step(asked.draft, "Leona Barker", "name", "")
    assert (given.asked, given.draft.name, given.draft.former) == ("confirm", "Leona Barker", "")


def test_a_question_about_a_detail_changes_none() -> None:
    asked = step(FULL, "please wait, is Barker the family name?", "confirm", "corrects", 0.55)
    assert asked.draft.name == "Leon Barker"


@pytest.mark.parametrize(
    ("said", "field", "reads"),
    [
        ("change landing to standing sorry", "notes", "the standing foot aches"),
        ("change friday to monday please", "times", "monday"),
        ("wrong, school finish 3.30", "times", "school finish 3.30"),
        ("No wait, ask for no mornings please", "times", "no mornings"),
        ("no, both feet ache", "notes", "the landing foot aches; both feet ache"),
    ],
)
def test_a_correction_of_the_summary_is_written_into_it(said: str, field: str, reads: str) -> None:
    shown = step(BOTH, said, "confirm", "corrects")
    assert (shown.asked, getattr(shown.draft, field)) == ("confirm", reads)


def test_times_alone_are_no_notes() -> None:
    told = step(REACHED, "Japan time zone, only evening in London is morning for me", "notes", "gives_times")
    assert told.draft.times == "Japan time zone, only evening in London is morning for me"
    assert (told.asked, told.draft.notes) == ("confirm", "")
    assert step(REACHED, "as soon as you can manage", "notes", "gives_times").draft.times == "as soon as you can manage"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("when is teatime to them I wonder. put 5 o'clock", "5 o'clock"),
        ("Sorry, Sunday I have now match. Please to write Monday", "Monday"),
        ("book me in for thursdays", "thursdays"),
        ("yes, and mornings are best", "mornings are best"),
        ("my ankle hurts in the mornings", ""),
    ],
)
def test_only_what_says_when_is_read_as_times(text: str, times: str) -> None:
    assert find_times(text, last=True) == times


def test_a_day_that_is_ruled_out_is_not_noted_as_wished() -> None:
    assert named_times("could I get out of Monday, I'm on lates") == "could I get out of Monday, I'm on lates"
    assert named_times("mondays or at 4.30") == "mondays at 4.30"


@pytest.mark.parametrize(
    "said",
    ["leave the email as it is", "drop me an email when you know", "take my number down right please"],
)
def test_a_contact_that_is_only_spoken_of_stays(said: str) -> None:
    assert removed_detail(said) == ""
    assert step(BOTH, said, "confirm", "").draft.email == BOTH.email
    assert step(BOTH, "leave the email as it is", "confirm", "corrects").draft.email == BOTH.email


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        ("take my phone number off please", "phone"),
        ("leave out my e-mail", "email"),
        ("delete the address", "email"),
        ("can you scratch the mobile off there", "phone"),
    ],
)
def test_which_contact_is_to_go(said: str, detail: str) -> None:
    assert removed_detail(said) == detail


@pytest.mark.parametrize(
    ("said", "reads"),
    [
        ("make it just weds", "weds"),
        ("not fri, i meant thurs. wed and thurs", "not fri, thurs, wed and thurs"),
        ("then in the lunch, between 1 and 2", "between 1 and 2"),
        ("make it not before three actually", "not before three actually"),
    ],
)
def test_times_told_when_asked_what_to_change_are_taken(said: str, reads: str) -> None:
    shown = step(replace(FULL, notes="tues or weds after 5"), said, "change", "corrects")
    assert (shown.asked, shown.draft.times, shown.draft.notes) == ("confirm", reads, "tues or weds after 5")


def test_times_in_words_that_only_the_engine_knows_are_taken_whole() -> None:
    told = FormTurn("make it efternoons", "change", "inform", trusted=True, learned=("corrects", 0.9), times=0.8)
    assert next_action(FULL, told).draft.times == "efternoons"


def heard_as_call(text: str, asked: Asked) -> FormTurn:
    return replace(heard(text, asked, ""), intent="request_callback", trusted=True)


@pytest.mark.parametrize(
    ("said", "asked", "follows"),
    [
        ("could someone just ring me instead? 07700 900318", "confirm", "notes"),
        ("I'd rather somebody rang me", "notes", "phone"),
    ],
)
def test_a_request_becomes_a_call_where_that_is_wanted_instead(said: str, asked: Asked, follows: Asked) -> None:
    draft = Draft("Judith Abelson", "judith@example.org")
    shown = next_action(draft, heard_as_call(said, asked))
    assert (shown.draft.service, shown.draft.name, shown.asked) == ("callback", "Judith Abelson", follows)


def test_a_number_to_ring_is_no_wish_for_another_service() -> None:
    draft = Draft("Judith Abelson")
    assert next_action(draft, heard_as_call("ring me on 07700 900318", "email")).draft.service == ""


def test_a_full_stop_that_was_dictated_stops_nothing() -> None:
    said = step(FULL, "yes please send it full stop", "confirm", "agrees")
    assert said.outcome == "confirmed"


def test_any_time_is_a_time_to_ring() -> None:
    call = Draft("Dev Patel", phone="07700 900481", service="callback")
    shown = step(call, "anytime", "notes", "", 0.0, "thanks")
    assert (shown.asked, shown.draft.times) == ("confirm", "anytime")


def test_no_appointment_but_a_call_is_no_farewell() -> None:
    said = "Actually no appointment, I'd rather somebody rang me"
    step = next_action(Draft(name="Al Poe"), FormTurn(said, "email", learned=("stops", 0.9)))
    assert (step.outcome, step.draft.service, step.draft.name) == ("ask", "callback", "Al Poe")
    for no in ("I'd rather you did not ring me", "I'd rather ring you", "I'd rather leave it"):
        assert next_action(Draft(name="Al Poe"), FormTurn(no, "email", learned=("stops", 0.9))).outcome == "stopped"


def test_an_address_that_lacks_its_end_is_asked_for_again_and_nothing_before_it() -> None:
    said = "gffoulkes@example"
    heard = FormTurn(said, "email", learned=("corrects", 0.9), contacts=find_contacts(said))
    assert next_action(Draft(name="Geraldine Ffoulkes"), heard).wording == "ask_again_email"


def test_a_number_said_by_its_end_and_then_whole_takes_the_place_of_the_first() -> None:
    said = "no wait the number ends 656. 07700 900656"
    known = Draft(name="Tobi Poe", phone="07700 900655", service="callback", times="after 3 on tues")
    heard = FormTurn(said, "confirm", contacts=find_contacts(said))
    assert next_action(known, heard).draft.phone == "07700 900656"


def test_never_mind_before_what_else_there_is_to_say_is_no_farewell() -> None:
    known = Draft(name="Al Poe", email="al@example.org")
    assert next_action(known, FormTurn("never mind. Only that I can't do Fridays", "notes")).outcome != "stopped"
    assert next_action(known, FormTurn("never mind", "notes")).outcome == "stopped"


def test_a_complaint_of_some_words_names_nobody() -> None:
    told = FormTurn("ur fone line is always engaged, shocking service", "name", "complaint", True, confidence=0.7)
    assert next_action(Draft(), told).draft.name == ""


def test_a_wish_to_be_rung_instead_is_heard_however_it_is_put() -> None:
    told = FormTurn("hmm, could somebody phone instead", "notes", "nlu_fallback", learned=("asks", 0.6), rings=True)
    assert next_action(REACHED, told).draft.service == "callback"


def test_a_word_of_agreement_in_a_remark_sends_nothing() -> None:
    remark = FormTurn("haha right its online duh", "confirm", "greet", learned=("asks", 0.3))
    assert next_action(FULL, remark).outcome != "confirmed"


@pytest.mark.parametrize("said", ["before rehearsals, so mornings", "tmrw lunch"])
def test_times_beside_the_summary_are_taken_whatever_else_they_look_like(said: str) -> None:
    told = FormTurn(said, "confirm", "goodbye", trusted=True, times=0.95)
    shown = next_action(FULL, told)
    assert (shown.asked, shown.draft.times) == ("confirm", said)


def test_the_times_of_a_correction_are_kept_together() -> None:
    shown = step(FULL, "make it evenings then, mornings are no use", "confirm", "corrects")
    assert shown.draft.times == "evenings then, mornings are no use"


@pytest.mark.parametrize(("said", "intent"), [("ok thanksss", "thanks"), ("whenever", "nlu_fallback")])
def test_a_remark_is_no_name(said: str, intent: str) -> None:
    asked = next_action(Draft(), FormTurn(said, "name", intent, trusted=intent != "nlu_fallback"))
    assert (asked.draft.name, asked.asked) == ("", "name")


def test_the_wish_for_a_call_is_not_the_time_to_ring() -> None:
    begun = next_action(Draft(service="callback"), FormTurn("ring me about my ankle, Deepak Solanki, 07700 900271"))
    assert begun.draft.notes is None


@pytest.mark.parametrize("name", ["grace", "joy adeyemi"])
def test_a_name_that_looks_a_little_like_thanks_is_one(name: str) -> None:
    given = next_action(Draft(), FormTurn(name, "name", "thanks", trusted=True, confidence=0.7))
    assert given.draft.name == name.title()
