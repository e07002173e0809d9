"""What a trainer does with the inbox, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

from clinic.conversations.inbox.grouping import key_of, signature
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.turn_review_store import TurnReviews
from clinic.db import Sessions
from clinic.settings import Settings
from tests.studio.conftest import NLU, Trainer
from tests.studio.heard import Heard

INBOX = "/studio/inbox"


def taught(settings: Settings) -> str:
    return (settings.data / "nlu" / "questions.yml").read_text("utf-8")


def place(text: str) -> str:
    return f"{INBOX}/{key_of(signature(text))}"


def batch_of(location: str) -> str:
    found = re.search(r"undo=([\w-]+)", location)
    assert found, location
    return found[1]


def test_an_accepted_message_is_taught_as_the_trainer_edited_it_and_the_next_one_is_shown(
    trainer: Trainer, heard: Heard, settings: Settings
) -> None:
    heard.turn("Tom here, is it cos of my old sprain")
    heard.turn("where can I leave the car", guesses=[["ask_clinic_fact", 0.49], ["out_of_scope", 0.1]])
    first, edited = place("Tom here, is it cos of my old sprain"), "is it cos of my old sprain"
    assert edited in trainer.read(INBOX)
    status, onward = trainer.post(first, do="accepted", intent="ask_causes", text=edited)
    assert status == 303
    assert place("where can I leave the car") in onward
    assert taught(settings) == NLU
    added = (settings.data / "nlu" / "studio.yml").read_text("utf-8")
    assert added.endswith("- intent: ask_causes\n  metadata:\n    source: inbox\n  examples: |\n    - " + edited + "\n")
    assert "Tom" not in trainer.read(INBOX)


def test_undo_leaves_the_files_as_they_were_to_the_byte(trainer: Trainer, heard: Heard, settings: Settings) -> None:
    heard.turn("is it cos of my old sprain")
    item = place("is it cos of my old sprain")
    _, onward = trainer.post(item, do="accepted", intent="ask_causes", text="is it cos of my old sprain")
    assert (settings.data / "nlu" / "studio.yml").exists()
    trainer.post(f"{INBOX}-all", undo=batch_of(onward))
    assert taught(settings) == NLU
    assert not (settings.data / "nlu" / "studio.yml").exists()
    assert "is it cos of my old sprain" in trainer.read(INBOX)


def test_a_hidden_contact_detail_may_not_be_taught(trainer: Trainer, heard: Heard, settings: Settings) -> None:
    heard.turn("ring me on 07700 900123 about the sprain")
    shown = trainer.read(place("ring me on [phone] about the sprain"))
    assert "07700" not in shown
    status, said = trainer.post(
        place("ring me on [phone] about the sprain"), do="accepted", intent="ask_causes", text="ring me on [phone]"
    )
    assert (status, "square brackets" in said) == (409, True)
    assert taught(settings) == NLU


def test_what_is_an_example_already_is_said_with_its_file_and_line(trainer: Trainer, heard: Heard) -> None:
    heard.turn("Is there parking?")
    status, said = trainer.post(place("is there parking"), do="accepted", intent="ask_causes", text="is there parking")
    assert status == 409
    assert "data/nlu/questions.yml:12: that is an example of ask_clinic_fact already." in said


def test_many_are_put_aside_with_one_click_and_brought_back_with_another(trainer: Trainer, heard: Heard) -> None:
    for text in ("aaaa", "zzzz", "is it cos of my old sprain"):
        heard.turn(text)
    status, onward = trainer.post(f"{INBOX}-all?q=a", do="junk", count="2")
    assert status == 303
    assert "zzzz" in trainer.read(INBOX)
    assert "aaaa" not in trainer.read(INBOX)
    trainer.post(f"{INBOX}-all", undo=batch_of(onward))
    assert "aaaa" in trainer.read(INBOX)


def test_a_list_that_changed_meanwhile_is_not_decided_unseen(trainer: Trainer, heard: Heard) -> None:
    heard.turn("aaaa")
    heard.turn("bbbb")
    assert trainer.post(f"{INBOX}-all", do="junk", count="1")[0] == 409


def test_skipped_comes_back_in_its_own_list_and_decided_does_not(trainer: Trainer, heard: Heard) -> None:
    heard.turn("aaaa")
    heard.turn("bbbb")
    trainer.post(place("aaaa"), do="skipped")
    trainer.post(place("bbbb"), do="unworthy")
    assert "aaaa" not in trainer.read(INBOX)
    assert "aaaa" in trainer.read(f"{INBOX}?state=skipped")
    assert "bbbb" not in trainer.read(f"{INBOX}?state=skipped")
    assert "bbbb" in trainer.read(f"{INBOX}?state=decided")


def test_another_trainers_decision_is_not_undone_by_me(
    trainer: Trainer, sign_in: Callable[[str], Trainer], heard: Heard
) -> None:
    heard.turn("aaaa")
    _, onward = trainer.post(place("aaaa"), do="junk")
    sign_in("una").post(f"{INBOX}-all", undo=batch_of(onward))
    assert "aaaa" not in trainer.read(INBOX)


def test_an_empty_inbox_says_what_would_stand_there(trainer: Trainer) -> None:
    assert "Nothing waits. Here stands what visitors said" in trainer.read(INBOX)


def test_hostile_words_are_shown_and_do_nothing(trainer: Trainer, heard: Heard) -> None:
    heard.turn("<script>alert(1)</script> \u202etxt")
    assert "<script>alert" not in trainer.read(INBOX)
    assert "\u202e" not in trainer.read(INBOX)


def test_a_visitor_erased_meanwhile_is_said_plainly(trainer: Trainer) -> None:
    assert "erased" in trainer.read(f"{INBOX}/0123456789", 404)


def test_what_staff_sent_comes_with_the_right_answer_and_staff_see_what_became_of_it(
    trainer: Trainer, heard: Heard, sessions: Sessions
) -> None:
    who = heard.turn("is it haunted", guesses=[["ask_causes", 0.97]])
    reviews = TurnReviews(sessions)
    (message,) = [one.message_id for one in LogReader(sessions).turns(who)]
    reviews.send(who, message, "amal", ("ask_clinic_fact", "No, it is not."))
    shown = trainer.read(place("is it haunted"))
    assert "No, it is not." in shown
    assert "staff say so" in shown
    _, onward = trainer.post(place("is it haunted"), do="accepted", intent="ask_clinic_fact", text="is it haunted")
    assert reviews.of(who)[message].training == "accepted"
    trainer.post(f"{INBOX}-all", undo=batch_of(onward))
    assert reviews.of(who)[message].training == "sent"


def test_a_second_look_is_left_to_a_colleague_who_finds_it(
    trainer: Trainer, sign_in: Callable[[str], Trainer], heard: Heard
) -> None:
    heard.turn("aaaa")
    heard.turn("bbbb")
    una = sign_in("una")
    trainer.post(place("aaaa"), do="second", assignee="una")
    trainer.post(place("bbbb"), do="second")
    assert trainer.post(place("aaaa"), do="second", assignee="nobody")[0] == 400
    mine = una.read(f"{INBOX}?state=second&whose=una")
    assert ("aaaa" in mine, "bbbb" in mine) == (True, False)
    assert "for una" in mine
    assert "of una by tess" in " ".join(
        una.read(place("aaaa")).replace("<strong>", "").replace("</strong>", "").split()
    )


def test_the_inbox_is_ordered_by_value_time_or_number(trainer: Trainer, heard: Heard) -> None:
    for text in ("zzzz", "zzzz", "what does it come from now"):
        heard.turn(text, guesses=[["ask_causes", 0.4], ["ask_clinic_fact", 0.3]])
    often = trainer.read(f"{INBOX}?order=oftenest")
    assert often.index(">zzzz<") < often.index(">what does it come from now<")
    newest = trainer.read(f"{INBOX}?order=newest")
    assert newest.index(">what does it come from now<") < newest.index(">zzzz<")
