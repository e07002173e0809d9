"""Nothing that a visitor tells the form is lost, and nothing else becomes a detail of the request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.appointments.form.flow import next_action
from clinic.appointments.form.name_correction import mend_name
from clinic.appointments.form.saying import who_is_minor
from clinic.appointments.form.speech_acts import is_question, wants_stop
from clinic.appointments.form.times import find_times, named_times
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.form.unasked import begin_with
from clinic.appointments.model import Draft
from language.person_names.model import PersonName
from tests.appointments.test_form import FULL, talk

KNOWN = Draft("Theo Vance", "theo@example.org")


@pytest.mark.parametrize(
    ("text", "notes", "times"),
    [
        ("Fridays, and tell him I fence", "tell him I fence", "Fridays"),
        ("my left heel, after netball", "my left heel, after netball", ""),
        ("tell him about the plate please", "tell him about the plate please", ""),
        ("only that I am rather deaf", "only that I am rather deaf", ""),
        ("I can't think of anything", "", ""),
    ],
)
def test_what_was_learned_as_nothing_is_kept_where_it_tells_something(text: str, notes: str, times: str) -> None:
    step = next_action(KNOWN, FormTurn(text, "notes", learned=("nothing", 0.9)))
    assert (step.asked, step.draft.notes, step.draft.times) == ("confirm", notes, times)


@pytest.mark.parametrize(
    ("text", "notes", "times"),
    [
        ("striker, sore after matches, any day after 4", "striker, sore after matches", "any day after 4"),
        ("pole dance, back of left ankle, any evening", "pole dance, back of left ankle", "any evening"),
        ("mondays, hurts on landing", "hurts on landing", "mondays"),
        ("sore since last monday, worse at night", "sore since last monday, worse at night", ""),
    ],
)
def test_times_that_stand_beside_the_complaint_are_told_apart(text: str, notes: str, times: str) -> None:
    step = next_action(KNOWN, FormTurn(text, "notes", learned=("describes", 0.9)))
    assert (step.draft.notes, step.draft.times) == (notes, times)


def test_a_day_put_right_in_the_same_message_is_the_day() -> None:
    step = talk("I asked for Thursday before, please make it Friday", draft=KNOWN, asked="notes")
    assert step.draft.times == "Friday"


def test_an_address_put_right_is_no_description_though_it_was_learned_as_one() -> None:
    heard = FormTurn("wait wrong mail, use theo.vance@example.com", "notes", learned=("describes", 0.9))
    step = talk(heard, draft=KNOWN, asked="notes")
    assert (step.asked, step.draft.email, step.draft.notes) == ("notes", "theo.vance@example.com", None)


def test_a_childs_name_does_not_take_the_place_of_the_parents() -> None:
    heard = FormTurn("her name is Abena. sore ankle after tumbling", learned=("corrects", 0.9))
    step = talk(heard, draft=KNOWN, asked="notes")
    assert (step.draft.name, step.asked) == ("Theo Vance", "confirm")
    assert "Abena" in (step.draft.notes or "")


def test_a_whole_name_before_not_the_old_one_is_the_name() -> None:
    step = talk("name is jayden price not jaydn", draft=replace(FULL, name="Jaydn Price"), asked="confirm")
    assert step.draft.name == "Jayden Price"


def test_who_is_under_18_gives_a_parents_name_then_the_contact() -> None:
    step = talk("can i book im 14", asked="")
    step = talk("mum says ok, her name is Tina Albrecht", draft=step.draft, asked="email")
    assert (step.asked, step.wording, step.draft.guardian) == ("email", "guardian_contact", "Tina Albrecht")
    step = talk("tina.albrecht@example.org thats hers", draft=step.draft, asked="email")
    assert (step.asked, step.draft.name, step.draft.email) == ("notes", "Tina Albrecht", "tina.albrecht@example.org")


def test_a_child_that_is_named_is_one() -> None:
    assert who_is_minor("Our son Finlay is 10 and plays as a striker") == "child"
    assert who_is_minor("my son has 10 medals") == ""


def test_how_a_visitor_came_here_is_no_complaint() -> None:
    asked = "Good afternoon. A friend at my line dancing suggested you. I should like to arrange to see Mr McCormack."
    assert talk(asked, "It's Eileen Prosser", asked="").draft.notes is None


def test_what_is_asked_beside_a_request_is_not_what_it_is_about() -> None:
    asked = "and what can physiotherapy for this sore ankle involve"
    assert talk(asked, draft=Draft(), asked="name").draft.notes is None
    assert (
        talk("it's for this sore ankle of mine", draft=Draft(), asked="name").draft.notes == "this sore ankle of mine"
    )


@pytest.mark.parametrize(
    "said",
    [
        "alrite need a appt for me ankle",
        "sorry, thumb slipped: Callum Strachan",
        "I'd like to see your physio about my left ankle please",
        "Fancy getting this ankle seen online",
    ],
)
def test_neither_the_wish_itself_nor_a_slip_of_the_thumb_is_what_it_is_about(said: str) -> None:
    assert talk(said, draft=Draft(), asked="").draft.notes is None


def test_thanks_in_another_language_are_no_name() -> None:
    thanks = FormTurn("Obrigada, thank you", intent="thanks", trusted=True)
    assert begin_with(thanks, Draft(), offered=True).draft.name == ""


def test_send_it_after_all_sends_the_summary_that_was_shown() -> None:
    assert talk("ok then yes, send", draft=FULL, asked="change").outcome == "confirmed"
    assert talk("yes", draft=FULL, asked="change").outcome == "ask"


def test_waiting_for_payday_leaves_and_looking_something_up_does_not() -> None:
    left = FormTurn("actually no wait til payday", intent="ask_payment", trusted=True, learned=("asks", 0.7))
    assert talk(left, draft=Draft(), asked="name").outcome == "stopped"
    assert talk("wait until I find it", draft=KNOWN, asked="email").outcome != "stopped"


def test_going_back_to_a_detail_that_is_named_asks_for_it_again() -> None:
    step = talk("can I go back, I want to check the email", draft=KNOWN, asked="notes")
    assert (step.asked, step.wording) == ("email", "ask_contact_again")
    assert talk("go back to the email please", draft=KNOWN, asked="notes").outcome == "ask"


def test_whether_it_could_be_changed_later_is_a_question() -> None:
    asked = FormTurn("not sure about the time, can I change that later on", learned=("corrects", 0.7))
    assert (
        talk(replace(asked, intent="change_appointment", trusted=True), draft=FULL, asked="confirm").asked != "change"
    )


@pytest.mark.parametrize(
    "asked",
    [
        "Good morning, can somebody ring to me please, I not like write on the computer",
        "my husband's on nights so can somebody phone him not me",
    ],
)
def test_a_greeting_and_a_shift_are_no_time_to_ring(asked: str) -> None:
    step = begin_with(FormTurn(asked), Draft(service="callback"), offered=False)
    assert step.draft.times == ""


@pytest.mark.parametrize(
    "asked", ["Can I book for my daughter? She does acro gymnastics", "want 2 book for my dance class"]
)
def test_a_sport_alone_leaves_the_question_what_it_is_about(asked: str) -> None:
    assert begin_with(FormTurn(asked), Draft(), offered=False).draft.notes is None
    told = begin_with(FormTurn("please book me in, my heel hurts after ballet"), Draft(), offered=False).draft.notes
    assert told is not None
    assert "heel hurts" in told


def test_a_whole_name_said_to_have_other_letters_is_the_name() -> None:
    said = "You have my name down wrong, it's Ffion Pritchard with two fs"
    assert mend_name(said, "Fion Pritchard") == "Ffion Pritchard"
    assert mend_name("it's Ffion with two fs", "Fion Pritchard") == "Ffion Pritchard"


@pytest.mark.parametrize(
    "said", ["can you add that it started after trampolining", "could you note it began once I hopped"]
)
def test_what_is_to_be_added_is_no_question_though_it_tells_when(said: str) -> None:
    step = talk(FormTurn(said), draft=FULL, asked="confirm")
    assert (step.asked, step.outcome) == ("confirm", "ask")
    assert said.split()[-1] in (step.draft.notes or "")


def test_pain_in_strong_words_is_what_it_is_about_and_no_stop() -> None:
    strong = FormTurn("its killing me on the stairs lol", "notes", "describe_symptom", True, learned=("stops", 0.8))
    step = next_action(KNOWN, strong)
    assert (step.asked, step.draft.notes) == ("confirm", "its killing me on the stairs lol")
    assert next_action(KNOWN, replace(strong, text="I give up", intent="stop")).outcome == "stopped"


def test_a_changed_mind_that_wants_an_appointment_begins_one() -> None:
    assert not wants_stop("changed my mind again lol. I want to book an online appointment")
    assert wants_stop("changed my mind, I don't want an appointment")


def test_half_an_address_is_asked_for_again() -> None:
    half = FormTurn("theo at example", "email", "ask_risk_groups", True, learned=("asks", 0.8))
    step = next_action(Draft("Theo Vance"), half)
    assert (step.outcome, step.asked) == ("ask", "email")


def test_a_question_mark_that_was_dictated_asks() -> None:
    assert is_question("before I do that he speaks Welsh question mark")
    assert not is_question("book me in please full stop")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Evening. Could James phone me?", ""),
        ("Morning! any day after 4", "any day after 4"),
        ("evenings", "evenings"),
        ("morning", "morning"),
        ("Tuesday evening. Thanks", "Tuesday evening"),
    ],
)
def test_a_greeting_is_no_time_to_ring(text: str, times: str) -> None:
    assert find_times(text) == times


def test_a_misspelt_wrong_is_nobodys_name() -> None:
    name = "Gareth Prydderch"
    text = f"soz my name is rong on that its ment to be {name}"
    heard = FormTurn(text, persons=(PersonName(name, text.index(name), len(text), 0.99),))
    assert talk(heard, draft=KNOWN, asked="confirm").draft.name == name


@pytest.mark.parametrize("asked", ["want to book for my ankle please", "book me in for my ankle, thanks"])
def test_a_please_is_no_part_of_what_it_is_about(asked: str) -> None:
    assert begin_with(FormTurn(asked), Draft(), offered=False).draft.opening == "my ankle"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("irish dancer, both ankles, 2 years", ""),
        ("I have danced for 9 years", ""),
        ("in my 3 years at the club it was fine", ""),
        ("the 5 years before that were fine", ""),
        ("goalkeeper, 16 yrs, sore heel", "self"),
        ("my 9 year old", "child"),
        ("my 9yo has it", "child"),
        ("my son has eleven years", "child"),
        ("my daughter Ola, 13 years, does gymnastics", "child"),
        ("she plays volleyball and has 12 years", "child"),
        ("she has played for 12 years", ""),
        ("my 14 years daughter has it", "child"),
        ("our 12 years boy", "child"),
        ("I am a 15 years dancer", "self"),
        ("a 13 years gymnast, sore heel", "child"),
        ("in my 10 years at the club", ""),
        ("pain since 10 yrs", ""),
        ("hello, I have 15 years and dance", "self"),
        ("he has 12 years of football behind him", ""),
    ],
)
def test_a_time_is_no_age(text: str, who: str) -> None:
    assert who_is_minor(text) == who


def test_a_question_beside_nothing_else_is_answered_where_the_notes_are_asked_for() -> None:
    heard = FormTurn("oh one thing, might I need my walk looked at?", "notes", learned=("asks", 0.9))
    step = next_action(KNOWN, heard)
    assert (step.outcome, step.draft.notes) == ("interrupted", None)


@pytest.mark.parametrize("text", ["no notes thanks", "No notes.", "delete the notes please"])
def test_no_notes_at_the_summary_takes_the_notes_out_and_stops_nothing(text: str) -> None:
    step = next_action(FULL, FormTurn(text, "confirm", intent="goodbye", trusted=True, learned=("stops", 0.7)))
    assert (step.outcome, step.asked, step.draft) == ("ask", "confirm", replace(FULL, notes=""))


def test_no_notes_said_too_soon_stops_nothing_and_is_not_asked_again() -> None:
    heard = FormTurn("no notes", "email", learned=("stops", 0.7), intent="goodbye", trusted=True)
    step = next_action(Draft("Theo Vance"), heard)
    assert (step.outcome, step.asked, step.draft.notes) == ("ask", "email", "")


def test_what_was_to_be_changed_stays_and_is_shown_again() -> None:
    heard = FormTurn("oh wait its all right as it is, leave it all the same", "change", learned=("leaves_it", 0.98))
    step = next_action(FULL, heard)
    assert (step.outcome, step.asked, step.draft) == ("ask", "confirm", FULL)


def test_a_fuller_name_takes_the_place_of_the_short_one() -> None:
    asked = "Can the name on it be my full one, Jonathan Pryce-Lowe?"
    assert mend_name(asked, "Jon Lowe") == "Jonathan Pryce-Lowe"


def test_of_two_names_the_parents_is_the_one_to_ring() -> None:
    text = "Piotr Nowak, im his dad. boy is Jakub Nowak"
    persons = tuple(
        PersonName(one, text.index(one), text.index(one) + len(one), share)
        for one, share in (("Piotr Nowak", 0.8), ("Jakub Nowak", 0.95))
    )
    step = next_action(Draft(minor="child"), FormTurn(text, "name", persons=persons))
    assert step.draft.name == "Piotr Nowak"


@pytest.mark.parametrize(
    "text",
    [
        "I am deaf so please write to me, do not telephone. I need captions on the screen",
        "do not ring me, I can't hear on the phone",
        "please email, do not call",
    ],
)
def test_how_somebody_wants_to_be_reached_stops_nothing(text: str) -> None:
    assert not wants_stop(text)


def test_not_sending_and_not_booking_still_stop() -> None:
    assert all(map(wants_stop, ("do not send it", "do not book it", "please do not")))


def test_what_stands_beside_the_times_is_kept() -> None:
    text = "Had it injected in 2019, helped a wee bit. I'm on nights so afternoons only"
    step = next_action(KNOWN, FormTurn(text, "notes", learned=("gives_times", 0.9)))
    assert (step.draft.notes, step.draft.times) == (
        "Had it injected in 2019, helped a wee bit",
        "I'm on nights so afternoons only",
    )
    rung = replace(KNOWN, phone="07700 900123", service="callback")
    step = next_action(rung, FormTurn("mornings I've the chiropodist. after two o'clock", "notes"))
    assert "chiropodist" in f"{step.draft.notes} {step.draft.times}"
    assert "after two o'clock" in f"{step.draft.notes} {step.draft.times}"


def test_evening_all_is_a_greeting() -> None:
    assert find_times("Evening all. Could one of you ring about my son's heel") == ""


def test_lets_carry_on_is_no_name() -> None:
    step = next_action(Draft(), FormTurn("ok lets carry on with that booking", "name"))
    assert (step.asked, step.draft.name) == ("name", "")


def test_what_the_note_is_to_say_as_well_is_added_to_it() -> None:
    told = FormTurn("I want the note says also left side", "change", learned=("corrects", 0.9))
    step = next_action(replace(KNOWN, notes="ankle swells at night"), told)
    assert (step.asked, step.draft.notes) == ("confirm", "ankle swells at night; left side")


@pytest.mark.parametrize(
    "text",
    [
        "we don't need it at 5 now, make it 6",
        "I don't need it any more at nine, ten is better",
        "I don't want it on Monday after all, Friday please",
    ],
)
def test_a_time_that_is_ruled_out_is_never_the_one_that_is_kept(text: str) -> None:
    assert text.removesuffix(" please") in (find_times(text, last=True), named_times(text))
    assert find_times(text, last=True) in ("", text.removesuffix(" please"))
    assert find_times("I don't mind, Friday morning please", last=True) == "Friday morning"


def test_a_parent_who_names_the_child_and_themselves_is_the_one_to_ring() -> None:
    step = talk("it's for my son, he's 9", asked="")
    step = talk("his name is Max Boyd, I'm Kerry Boyd", draft=step.draft, asked="name")
    assert step.draft.name == "Kerry Boyd"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Her name's Poppy Ferreira. I'm her mum, Lucia Ferreira.", "Lucia Ferreira"),
        ("Her name's Elsie Tranter; I'm her guardian, Brenda Tranter", "Brenda Tranter"),
        ("his name is Sol Adeyemi, this is his grandad Tunde Adeyemi", "Tunde Adeyemi"),
    ],
)
def test_whoever_says_what_they_are_to_the_child_is_the_one_to_ring(text: str, name: str) -> None:
    step = talk("can I book my little girl in, she's 9", asked="")
    assert talk(text, draft=step.draft, asked="name").draft.name == name


def test_a_contact_given_in_place_of_the_first_is_said_back() -> None:
    step = talk(
        "no wait: kit.ames@example.org", draft=Draft(name="Kit Ames", email="kit.amse@example.org"), asked="notes"
    )
    assert (step.asked, step.mended, step.draft.email) == ("notes", True, "kit.ames@example.org")


def test_in_a_fortnight_is_a_time_to_ring() -> None:
    assert find_times("in a fortnight or so") == "in a fortnight or so"
    assert find_times("it has hurt in two weeks of training") == ""


def test_a_way_of_speaking_is_no_age() -> None:
    assert who_is_minor("say it like im five") == ""
    assert who_is_minor("im 15 and dance") == "self"


def test_times_told_beside_a_name_that_was_asked_for_are_kept() -> None:
    step = talk("Femi Cole, femi.cole@example.net, achy heel, thursdays", draft=Draft(), asked="name")
    assert (step.draft.name, step.draft.notes, step.draft.times) == ("Femi Cole", "achy heel", "thursdays")


def test_what_the_wish_was_about_stands_before_the_notes_that_are_asked_for_all_the_same() -> None:
    step = talk("book me in for my ankle", asked="")
    assert (step.asked, step.draft.notes, step.draft.opening) == ("name", None, "my ankle")
    step = talk("Vera Moss, vera@example.org", draft=step.draft, asked="name")
    assert step.asked == "notes"
    told = talk("pinches when I strike a ball", draft=step.draft, asked="notes")
    assert (told.asked, told.draft.notes, told.draft.opening) == (
        "confirm",
        "my ankle; pinches when I strike a ball",
        "",
    )
    assert talk("nothing more", draft=step.draft, asked="notes").draft.notes == "my ankle"
    whole = talk("Vera Moss, vera@example.org, book me in for my ankle", asked="")
    assert (whole.asked, whole.draft.notes) == ("confirm", "my ankle")


def test_yes_there_is_something_is_still_to_be_told() -> None:
    for text in ("yes there is", "yeah there is something"):
        assert talk(text, draft=KNOWN, asked="notes").asked == "notes"
