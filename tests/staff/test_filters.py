"""Filters of the list: each finds what it says, alone and with others; what is rare costs the same in a long log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import event, text

from clinic.composition import open_conversations, open_log
from clinic.conversations.demonstration import ARTICLE, MODELS, tell
from clinic.conversations.demonstration_month import Month
from clinic.conversations.demonstration_store import fill, record
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_model import Line
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.model import Feedback
from clinic.conversations.review_store import Reviews
from clinic.conversations.turn_review_store import TurnReviews
from clinic.db import Sessions
from clinic.settings import Settings

UNTIL = datetime(2026, 11, 29, tzinfo=UTC)
Holds = Callable[[Line], bool]
# Filters with what must hold of a conversation as the list shows it.
SEEN: dict[str, tuple[dict[str, str], Holds]] = {
    "topic": ({"intent": "ask_causes"}, lambda one: "ask_causes" in one.intents),
    "another topic": ({"intent": "ask_parking"}, lambda one: "ask_parking" in one.intents),
    "kind": ({"kind": "offer"}, lambda one: "offer" in one.kinds),
    "any flag": ({"flag": "any"}, lambda one: bool(one.red_flag)),
    "one flag": ({"flag": "limb"}, lambda one: one.red_flag == "limb"),
    "covered": ({"covered": "yes"}, lambda one: not one.not_covered),
    "not covered": ({"covered": "no"}, lambda one: one.not_covered),
    "helped": ({"feedback": "up"}, lambda one: one.helpful > 0),
    "did not help": ({"feedback": "down"}, lambda one: one.unhelpful > 0),
    "decided": ({"state": "reviewed"}, lambda one: one.state == "reviewed"),
    "open": ({"state": "open"}, lambda one: one.state == "open"),
    "found wrong": ({"verdict": "wrong"}, lambda one: one.verdict == "wrong"),
    "no request": ({"request": "no"}, lambda one: not one.request),
    "long": ({"least": "6"}, lambda one: one.turns >= 6),
    "short": ({"most": "2"}, lambda one: one.turns <= 2),
}
RARE: tuple[dict[str, str], ...] = (
    {"intent": "nobody_asks"},
    {"kind": "nothing"},
    {"article": "nowhere"},
    {"flag": "none_such"},
    {"why": "nothing"},
    {"model": "none"},
    {"tag": "nowhere"},
    {"assignee": "nobody"},
    {"verdict": "right"},
    {"state": "skipped"},
    {"marked": "yes"},
    {"request": "yes"},
)


def add(settings: Settings, sessions: Sessions, month: Month) -> None:
    for told in tell(month):
        fill(sessions, told)
        record(settings.tracker_url, told.events)
    open_log(settings, sessions).catch_up()


@pytest.fixture
def reader(settings: Settings, sessions: Sessions) -> LogReader:
    add(settings, sessions, Month(120, UNTIL))
    found = LogReader(sessions)
    for place, line in enumerate(found.page(Filter(), 30)):
        wanted = {"state": "reviewed", "verdict": "wrong" if place % 3 else "right"}
        Reviews(sessions).change(line.id, "ros", 0, wanted)
    return found


@pytest.mark.parametrize("name", SEEN)
def test_a_filter_finds_what_the_list_shows_of_it(reader: LogReader, name: str) -> None:
    parts, holds = SEEN[name]
    assert found(reader, parts) == {one.id for one in reader.every(Filter()) if holds(one)}
    assert found(reader, parts), "the made-up month holds some"


def test_two_filters_find_what_both_find(reader: LogReader) -> None:
    alone = {name: found(reader, parts) for name, (parts, _) in SEEN.items()}
    for one, other in combinations(SEEN, 2):
        both = {**SEEN[one][0], **SEEN[other][0]}
        if len(both) == 2:
            assert found(reader, both) == alone[one] & alone[other], (one, other)
            assert reader.count(Filter(**both)) == len(alone[one] & alone[other]), (one, other)


def test_words_and_a_filter_find_what_both_find(reader: LogReader) -> None:
    for name, (parts, _) in SEEN.items():
        assert found(reader, {"q": "heel", **parts}) == found(reader, {"q": "heel"}) & found(reader, parts), name


def test_what_the_engine_kept_is_found(reader: LogReader) -> None:
    everything = found(reader, {})
    assert found(reader, {"article": ARTICLE}) < everything
    assert set.union(*(found(reader, {"model": one}) for one in MODELS)) == everything
    assert found(reader, {"why": "other_condition"}) == found(reader, {"covered": "no"})


def test_a_conversation_that_goes_on_is_found_by_what_was_said_then(
    reader: LogReader, settings: Settings, sessions: Sessions
) -> None:
    who = reader.page(Filter(most="1"))[0].id
    with sessions.begin() as session:
        said = {"who": who, "at": (UNTIL + timedelta(days=1)).replace(tzinfo=None)}
        said["replies"] = '[{"id": "r", "kind": "appointment", "text": "Stored."}]'
        session.execute(
            text(
                "INSERT INTO message (conversation_id, client_id, text, at, state, lease, replies, answered) "
                "VALUES (:who, 'later', 'and a date please', :at, 'answered', :at, :replies, :at)"
            ),
            said,
        )
    open_log(settings, sessions).catch_up()
    assert found(reader, {"kind": "appointment"}) == {who}
    open_log(settings, sessions).erase(who)
    assert found(reader, {"kind": "appointment"}) == set()
    with sessions() as session:
        numbers = session.execute(text("SELECT number FROM log_facet")).scalars().all()
        assert set(numbers) == set(session.execute(text("SELECT number FROM log_conversation")).scalars())


def test_what_is_decided_is_found_so_at_once_and_after_it_is_taken_back(
    reader: LogReader, settings: Settings, sessions: Sessions
) -> None:
    reviews, turns = Reviews(sessions), TurnReviews(sessions)
    one, other = (line.id for line in reader.page(Filter(state="open"), 2))
    reviews.change(one, "ros", 0, {"tags": "|stairs|door|", "assignee": "amal"})
    turns.flag(other, reader.turns(other)[0].message_id, "ros", flagged=True)
    assert found(reader, {"tag": "Stairs"}) == found(reader, {"assignee": "amal"}) == {one}
    assert found(reader, {"marked": "yes"}) == {other}
    open_log(settings, sessions).refold([one, other])
    batch = reviews.change_all([one, other], "ros", {"state": "skipped", "flagged": True}, "|late|")
    assert found(reader, {"state": "skipped"}) == found(reader, {"tag": "late"}) == {one, other}
    reviews.undo_all(batch.name, "ros")
    assert found(reader, {"state": "skipped"}) == found(reader, {"tag": "late"}) == set()
    assert found(reader, {"tag": "door"}) == {one}
    turns.flag(other, reader.turns(other)[0].message_id, "ros", flagged=False)
    assert found(reader, {"marked": "yes"}) == set()


def test_a_thumb_is_found_at_once(reader: LogReader, settings: Settings, sessions: Sessions) -> None:
    who = next(one.id for one in reader.every(Filter(kind="answer")) if not one.helpful + one.unhelpful)
    reply = next(reply["id"] for turn in reader.turns(who) for reply in turn.replies)
    conversations = open_conversations(settings, sessions)
    for helpful, name in ((False, "down"), (True, "up")):
        before = found(reader, {"feedback": name})
        conversations.feedback.keep(who, Feedback(reply, helpful, ""))
        assert found(reader, {"feedback": name}) == before | {who}
    assert who not in found(reader, {"feedback": "down"})


@pytest.mark.parametrize("parts", RARE, ids=lambda one: "-".join(one))
@pytest.mark.parametrize("also", [{}, {"covered": "yes"}, {"least": "1"}], ids=lambda one: "+" + "".join(one))
def test_what_is_rare_costs_no_more_in_a_longer_log(
    reader: LogReader, settings: Settings, sessions: Sessions, parts: dict[str, str], also: dict[str, str]
) -> None:
    wanted = Filter(**{**also, **parts})
    before = steps_of(sessions, lambda: reader.page(wanted))
    add(settings, sessions, Month(500, UNTIL, seed=8))
    assert steps_of(sessions, lambda: reader.page(wanted)) < before * 1.5 + 50


def found(reader: LogReader, parts: dict[str, str]) -> set[str]:
    return {one.id for one in reader.every(Filter(**parts))}


def steps_of(sessions: Sessions, read: Callable[[], Any]) -> int:
    """How many steps SQLite takes, in tens."""
    engine, steps = sessions.kw["bind"], 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    def watch(connection: Any, _record: Any) -> None:
        connection.set_progress_handler(count, 10)

    engine.dispose()
    event.listen(engine, "connect", watch)
    read()
    event.remove(engine, "connect", watch)
    engine.dispose()
    return steps
