"""What a message does inside the form, as it was learned for the step: in words that nobody listed."""

from __future__ import annotations

import pytest

from clinic.appointments.form.asking import FormAction
from clinic.appointments.form.flow import next_action
from clinic.appointments.form.turn import FormTurn, step_of
from clinic.appointments.model import Asked, Draft
from clinic.dialogue.asides import asks_purpose
from clinic.dialogue.state import State
from clinic.dialogue.turns import Said
from language.contacts import find_contacts
from language.person_names.model import PersonName
from tests.appointments.names import find_persons

NAMED = Draft("Leon Barker")
REACHED = Draft("Leon Barker", "leon@example.org")
FULL = Draft("Leon Barker", "leon@example.org", notes="sore when kicking")


def heard(text: str, asked: Asked, kind: str, share: float = 0.9, intent: str = "repeat") -> FormTurn:
    found = find_contacts(text), find_persons(text)
    return FormTurn(text, asked, intent, True, contacts=found[0], persons=found[1], learned=(kind, share))


def step(draft: Draft, *told: object) -> FormAction:
    return next_action(draft, heard(*told))  # type: ignore[arg-type]


def test_the_steps_are_named_as_the_taught_turns_name_them() -> None:
    assert [step_of(one, "") for one in ("name", "email", "phone", "notes", "confirm", "change", "")] == [  # type: ignore[arg-type]
        "name",
        "contact",
        "contact",
        "notes",
        "confirm",
        "confirm",
        "",
    ]
    assert step_of("notes", "callback") == "times"


def test_nothing_to_add_in_any_words_leads_to_the_summary() -> None:
    asked = step(REACHED, "face to face would be easier", "notes", "nothing")
    assert (asked.outcome, asked.asked, asked.draft.notes) == ("ask", "confirm", "")


def test_a_time_to_ring_in_a_word_is_a_time_whatever_small_talk_it_looks_like() -> None:
    ringing = Draft("Doug Farrant", phone="020 7946 0135", service="callback")
    asked = step(ringing, "teatime", "notes", "gives_times")
    assert (asked.asked, asked.draft.times) == ("confirm", "teatime")


def test_going_back_from_the_contact_asks_for_the_name_again() -> None:
    for kind in ("goes_back", "corrects"):
        asked = step(NAMED, "let me do that one over", "email", kind)
        assert (asked.asked, asked.draft.name) == ("name", "")


def test_a_wrong_detail_named_at_the_notes_is_asked_for_again_and_the_rest_stays() -> None:
    asked = step(REACHED, "oops I mistyped that email", "notes", "corrects")
    assert (asked.asked, asked.draft.name, asked.draft.email) == ("email", "Leon Barker", "")


def test_a_moment_is_given_and_nothing_is_lost() -> None:
    asked = step(FULL, "need to look in my diary", "confirm", "waits")
    assert (asked.asked, asked.wording, asked.draft) == ("confirm", "ask_wait", FULL)


@pytest.mark.parametrize("text", ["this form asks a lot, it's annoying", "why so many steps, ridiculous"])
def test_whoever_grumbles_at_the_form_is_heard_and_loses_nothing(text: str) -> None:
    asked = step(NAMED, text, "email", "grumbles", 0.8, "complaint")
    assert (asked.asked, asked.wording, asked.draft) == ("email", "ask_grumble", NAMED)


@pytest.mark.parametrize(
    ("text", "asked", "kind", "wording"),
    [("me", "name", "no_name", "ask_no_name"), ("no i not want give email", "email", "no_email", "ask_no_contact")],
)
def test_whoever_would_rather_not_say_is_told_what_is_enough(text: str, asked: Asked, kind: str, wording: str) -> None:
    draft = Draft() if asked == "name" else NAMED
    told = step(draft, text, asked, kind, 0.75, "deny")
    assert (told.asked, told.wording, told.draft) == (asked, wording, draft)


def test_a_message_that_only_holds_a_word_of_yes_sends_nothing() -> None:
    text = "haha right its online duh"
    told = next_action(FULL, FormTurn(text, "confirm", "book_appointment", True, confidence=0.9, learned=("asks", 0.2)))
    assert (told.outcome, told.asked) == ("ask", "confirm")


def test_that_the_summary_is_wrong_asks_what_to_change() -> None:
    assert step(FULL, "no that's wrong", "confirm", "corrects").wording == "ask_change"


def test_a_question_in_dialect_before_the_yes_is_answered_first() -> None:
    text = "afore I say yes, whit does physio for it involve"
    assert step(FULL, text, "confirm", "asks", 0.95, "ask_treatment").outcome == "interrupted"


def test_a_request_for_a_child_asks_for_the_parents_own_contact() -> None:
    told = step(Draft(minor="child"), "Bethan Tolland", "name", "", 0.0, "inform")
    assert (told.asked, told.wording) == ("email", "ask_contact_parent")


def test_a_whole_name_is_one_whatever_it_looks_like() -> None:
    persons = (PersonName("gaz thackray", 0, 12, 0.58),)
    asked = next_action(Draft(), FormTurn("gaz thackray", "name", "goodbye", True, persons=persons))
    assert (asked.asked, asked.draft.name) == ("email", "Gaz Thackray")
    assert next_action(Draft(), FormTurn("cheers pal", "name", "goodbye", True)).draft.name == ""


def test_a_question_to_the_articles_is_no_grumble() -> None:
    assert (
        step(NAMED, "how long does rehab take", "email", "grumbles", 0.7, "ask_recovery_time").wording != "ask_grumble"
    )


def test_giving_up_in_any_words_ends_it_where_it_is_surely_that() -> None:
    assert step(FULL, "too much faff for me", "confirm", "stops").outcome == "stopped"
    assert step(FULL, "too much faff for me", "confirm", "stops", 0.4).outcome != "stopped"


def test_a_yes_is_learned_only_beyond_doubt_and_never_over_a_reservation() -> None:
    assert step(FULL, "away it goes", "confirm", "agrees", 0.9).outcome == "confirmed"
    assert step(FULL, "away it goes", "confirm", "agrees", 0.7).outcome != "confirmed"
    assert step(FULL, "don't let it go", "confirm", "agrees", 0.99).outcome != "confirmed"


@pytest.mark.parametrize("kind", ["disagrees", "corrects"])
def test_a_summary_that_is_not_right_asks_what_to_change(kind: str) -> None:
    asked = step(FULL, "hm, that reads oddly", "confirm", kind)
    assert (asked.asked, asked.draft) == ("change", FULL)


def test_how_an_address_was_spelt_wrong_speaks_of_the_address() -> None:
    asked = step(REACHED, "wait go back i spelt my email wrong", "notes", "corrects", 0.9)
    assert (asked.asked, asked.draft.email, asked.draft.notes) == ("email", "", None)


def test_a_grumble_that_looks_a_little_like_a_correction_loses_no_name() -> None:
    asked = step(NAMED, "this is a right faff", "email", "corrects", 0.52)
    assert (asked.asked, asked.draft.name) == ("email", "Leon Barker")


def test_a_contact_given_where_the_name_was_asked_for_anew_leaves_the_name_as_it_was() -> None:
    anew = step(NAMED, "let me do that one over", "email", "goes_back").draft
    asked = step(anew, "leon@example.com", "name", "")
    assert (asked.asked, asked.draft.name, asked.draft.email) == ("notes", "Leon Barker", "leon@example.com")


def test_a_callback_about_a_child_asks_for_the_adults_name() -> None:
    ringing = Draft(service="callback")
    asked = next_action(ringing, heard("Could someone phone me about my lad? He's 13, his ankle's sore", "", ""))
    assert (asked.asked, asked.wording) == ("name", "ask_guardian_callback")


def test_a_contact_given_where_the_name_was_asked_for_anew_takes_none_away() -> None:
    reached = Draft("Leon Barker", phone="020 7946 0135", notes="sore when kicking")
    anew = step(reached, "let me do my name over", "confirm", "corrects").draft
    asked = step(anew, "leon@example.com", "name", "")
    assert (asked.asked, asked.draft.name) == ("confirm", "Leon Barker")
    assert (asked.draft.email, asked.draft.phone) == ("leon@example.com", "020 7946 0135")


@pytest.mark.parametrize("text", ["oh, the address has a typo in its spelling", "my number is spelt out wrong"])
def test_a_detail_that_is_named_counts_before_its_spelling(text: str) -> None:
    assert step(REACHED, text, "notes", "corrects").asked == "email"


def test_what_the_notes_are_to_say_in_the_next_breath_replaces_them() -> None:
    asked = step(FULL, "the notes. It's the left ankle, I'm daft", "change", "corrects")
    assert (asked.asked, asked.draft.notes) == ("confirm", "It's the left ankle, I'm daft")
    assert step(FULL, "the notes", "change", "corrects").asked == "notes"


def test_a_childs_name_is_not_the_parents() -> None:
    child = Draft(minor="child")
    asked = step(child, "Her name is Zuzanna Kowalczyk", "name", "", 0.0, "inform")
    assert (asked.asked, asked.wording, asked.draft.name) == ("name", "ask_guardian", "")
    assert step(child, "I am her mother, Magda Kowalczyk", "name", "", 0.0, "inform").draft.name == "Magda Kowalczyk"


@pytest.mark.parametrize("text", ["I am profoundly deaf, is it by video?", "I'm registered disabled and need an hour"])
def test_what_somebody_is_is_no_name(text: str) -> None:
    assert step(Draft(), text, "", "").draft.name == ""


def test_a_word_before_a_question_is_no_name() -> None:
    asked = step(Draft(), "Incidentally, is he a physiotherapist or a surgeon?", "name", "asks", 0.9, "ask_who")
    assert (asked.outcome, asked.draft.name) == ("interrupted", "")
    given = step(Draft(), "Orla Keane, is that all you need?", "name", "asks", 0.9, "ask_about_booking")
    assert given.draft.name == "Orla Keane"


def test_a_no_that_finds_nothing_wrong_neither_sends_the_request_nor_loses_it() -> None:
    asked = step(FULL, "no that will do", "confirm", "agrees", 0.6, "deny")
    assert (asked.outcome, asked.draft) == ("ask", FULL)


def test_a_cross_question_is_no_farewell_on_a_guess_alone() -> None:
    for text, kept in (("this is annoying, why so many questions?", "ask"), ("I am off then", "stopped")):
        outcome = step(NAMED, text, "email", "stops", 0.75, "ask_causes").outcome
        assert (outcome == "stopped") is (kept == "stopped")


def test_in_the_cross_words_of_a_visitor_what_a_detail_is_for_is_told_and_no_name_is_found() -> None:
    assert asks_purpose(
        State(form_active=True), Said("this is annoying, why so many questions", "ask_causes", confidence=0.4)
    )
    assert step(Draft(), "cancel that, brewery's at the door", "name", "stops").draft.name == ""


def test_whoever_is_back_and_says_yes_agrees_and_what_else_is_told_beside_a_yes_is_kept() -> None:
    assert step(FULL, "Back. Yes, send the request.", "confirm", "agrees").outcome == "confirmed"
    assert step(FULL, "I am back. Yes, you may send it.", "confirm", "agrees").outcome == "confirmed"
    assert step(FULL, "yes, three weeks since the match", "confirm", "agrees").outcome != "confirmed"
