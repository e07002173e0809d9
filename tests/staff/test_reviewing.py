"""Decisions about messages and about many conversations at once, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clinic.accounts.model import Role
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.mention_store import Mentions, named_in
from clinic.conversations.review_store import Reviews
from clinic.conversations.story_file import StoryFiles
from clinic.conversations.turn_review_store import TurnReviews
from clinic.db import Sessions
from clinic.evaluation.stories import read_stories
from clinic.settings import Settings
from clinic.teaching.comparison import Labelled, read_labelled
from tests.staff.conftest import csrf_of

SignIn = Callable[[Role], TestClient]
LIST = "/staff/conversations"


def correct(client: TestClient, reference: str, place: int, **fields: str) -> int:
    body = {"csrf": csrf_of(client), **fields}
    return client.post(f"{LIST}/{reference}/messages/{place}", data=body).status_code


def test_a_corrected_message_goes_to_the_trainers_and_comes_back(
    sign_in: SignIn, log: LogReader, sessions: Sessions
) -> None:
    client, one = sign_in("staff"), log.page(Filter(covered="no"))[0]
    turn = next(turn for turn in log.turns(one.id) if "not_covered" in str(turn.replies))
    right = {"right_intent": "ask_clinic_fact", "right_answer": "There are two spaces."}
    assert correct(client, one.id[:8], turn.place, do="train", **right) == 303
    kept = TurnReviews(sessions).of(one.id)[turn.message_id]
    assert (kept.training, kept.right_intent, kept.right_answer, kept.who) == ("sent", *right.values(), "a-staff")
    assert "with the trainers" in client.get(f"{LIST}/{one.id[:8]}").text
    assert correct(client, one.id[:8], turn.place, do="untrain") == 303
    assert TurnReviews(sessions).of(one.id)[turn.message_id].training == ""


def test_nothing_is_sent_to_the_trainers_without_what_would_be_right(sign_in: SignIn, log: LogReader) -> None:
    client, one = sign_in("staff"), log.page(Filter())[0]
    assert correct(client, one.id[:8], 0, do="train") == 409
    assert correct(client, one.id[:8], 0, do="train", right_intent="ask_the_moon") == 409
    assert correct(client, one.id[:8], 5000, do="flag") == 404


def test_a_flagged_message_is_found_again(sign_in: SignIn, log: LogReader) -> None:
    client, one = sign_in("staff"), log.page(Filter())[3]
    assert correct(client, one.id[:8], 0, do="flag", flagged="no") == 303
    assert [line.id for line in log.page(Filter(marked="yes"))] == [one.id]
    assert correct(client, one.id[:8], 0, do="flag", flagged="yes") == 303
    assert not log.page(Filter(marked="yes"))


def test_a_conversation_becomes_a_story_test_that_goes_with_it(
    sign_in: SignIn, log: LogReader, settings: Settings
) -> None:
    client, one = sign_in("admin"), log.page(Filter(q="you can reach me"))[0]
    place = log.turns(one.id)[-1].place
    assert correct(client, one.id[:8], place, do="test", right_intent="ask_price", kinds="answer offer") == 303
    (path,) = (settings.var / "stories").glob("*.yml")
    (story,) = read_stories(path)
    assert len(story.steps) == place + 1
    assert (story.steps[-1].actions, story.steps[-1].kinds) == (("action_answer",), ("answer", "offer"))
    assert "900123" not in client.get(f"/staff/stories/{path.name}").text
    body = {"csrf": csrf_of(client), "conversation": one.id[:8], "sure": "yes"}
    client.post("/staff/privacy/erase", data=body)
    assert not list((settings.var / "stories").iterdir())


def test_a_story_that_is_accepted_stays_and_is_compared_on(
    sign_in: SignIn, log: LogReader, settings: Settings, tmp_path: Path
) -> None:
    client, one = sign_in("staff"), log.page(Filter(q="parking"))[0]
    turn = next(turn for turn in log.turns(one.id) if "parking" in turn.text)
    correct(client, one.id[:8], turn.place, do="test", right_intent="ask_parking", kinds="answer")
    made, tests = StoryFiles(settings.var / "stories"), tmp_path / "tests"
    (name,) = made.all()
    for _ in range(2):
        place = made.accept(name, tests)
        assert made.all() == []
        correct(client, one.id[:8], turn.place, do="test", right_intent="ask_parking", kinds="answer")
    assert read_stories(place)[0].steps[-1].kinds == ("answer",)
    assert read_labelled(tests / "evaluation" / "tuning") == [Labelled(turn.text, "ask_parking")]
    with pytest.raises(FileNotFoundError):
        made.accept("../../settings.yml", tests)


def test_a_change_of_many_is_taken_back_but_for_what_was_decided_since(
    sign_in: SignIn, log: LogReader, sessions: Sessions
) -> None:
    client, whole = sign_in("staff"), log.count(Filter())
    answer = client.post("/staff/bulk", data={"csrf": csrf_of(client), "do": "reviewed"})
    assert log.count(Filter(state="reviewed")) == whole
    shown = client.get(answer.headers["location"]).text
    assert f"{whole} were changed" in shown
    batch = answer.headers["location"].split("undo=")[1].split("&")[0]
    since = log.page(Filter())[0].id
    Reviews(sessions).change(since, "somebody", 1, {"note": "a second look"})
    client.post("/staff/bulk", data={"csrf": csrf_of(client), "do": "undo", "batch": batch})
    assert [line.id for line in log.every(Filter(state="reviewed"))] == [since]


def test_tagging_many_keeps_the_tags_they_have(log: LogReader, sessions: Sessions) -> None:
    one = log.page(Filter())[0].id
    Reviews(sessions).change(one, "amal", 0, {"tags": "|stairs|"})
    Reviews(sessions).change_all([one], "amal", {}, "|door|")
    assert Reviews(sessions).find(one).tags == "|stairs|door|"


def test_whoever_is_named_in_a_note_finds_it_on_today_until_they_look(sign_in: SignIn, log: LogReader) -> None:
    one, other, line = sign_in("staff"), sign_in("trainer"), log.page(Filter())[0]
    body = {"csrf": csrf_of(one), "revision": "0", "do": "save", "note": "what do you think, @a-trainer?"}
    one.post(f"{LIST}/{line.id[:8]}/review", data=body)
    assert "You are named in a note" in other.get("/staff").text
    other.get(f"{LIST}/{line.id[:8]}")
    assert "You are named in a note" not in other.get("/staff").text


def test_an_address_in_a_note_names_nobody(sessions: Sessions) -> None:
    assert named_in("write to tom@example.org, @Ros", ["example.org", "ros"]) == {"ros"}
    Mentions(sessions).add("c", "amal", ["amal"])
    assert Mentions(sessions).open("amal") == []


def test_what_was_said_since_i_looked_is_new_to_me_alone(sign_in: SignIn, log: LogReader, sessions: Sessions) -> None:
    from datetime import UTC, datetime, timedelta

    from clinic.conversations.unread_store import Unread

    unread, line = Unread(sessions), log.page(Filter())[0]
    for who in ("a-staff", "a-trainer"):
        unread.begin(who, datetime.now(UTC) - timedelta(days=400))
    whole = log.count(Filter(unread="me", reader="a-staff"))
    assert whole == log.count(Filter())
    client = sign_in("staff")
    assert 'class="new"' in client.get(LIST).text
    client.get(f"{LIST}/{line.id[:8]}")
    assert log.count(Filter(unread="me", reader="a-staff")) == whole - 1
    assert log.count(Filter(unread="me", reader="a-trainer")) == whole
    assert not unread.among("a-staff", [(line.id, line.turns, line.last)])
    assert unread.among("a-staff", [(line.id, line.turns + 1, line.last)])


def test_a_view_is_saved_for_everybody_and_shows_its_count(sign_in: SignIn, log: LogReader) -> None:
    one, other = sign_in("staff"), sign_in("trainer")
    one.post("/staff/views?covered=no", data={"csrf": csrf_of(one), "name": "For the writers"})
    page = other.get(LIST).text
    assert "For the writers" in page
    assert f'<span class="soft">{log.count(Filter(covered="no"))}</span>' in page
    again = one.post("/staff/views?covered=no", data={"csrf": csrf_of(one), "name": "For the writers"})
    assert "problem=" in again.headers["location"]
    number = page.split('name="remove" value="')[1].split('"')[0]
    other.post("/staff/views", data={"csrf": csrf_of(other), "remove": number})
    assert "For the writers" not in one.get(LIST).text


def test_an_open_list_asks_for_its_lines_alone(sign_in: SignIn, log: LogReader) -> None:
    part = sign_in("staff").get(f"{LIST}?covered=no&part=list").text
    assert "<html" not in part
    assert log.page(Filter(covered="no"))[0].id[:8] in part
