"""The log that staff filter and search: folded from what was said, whatever happens while it is."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from clinic.commands.demo import month_of
from clinic.composition import open_erasure, open_log
from clinic.conversations.demonstration import tell
from clinic.conversations.demonstration_month import Month
from clinic.conversations.demonstration_store import fill
from clinic.conversations.log_figures_store import Counts, LogFigures
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.log_store import Log
from clinic.conversations.search_store import Search
from clinic.db import Sessions
from clinic.engine.tracker_store import Tracker
from clinic.privacy.erasure import Erasure
from clinic.settings import Settings
from tests.folding import catch_up_together

UNTIL = datetime(2026, 11, 29, tzinfo=UTC)
TABLES = ("log_conversation", "log_turn", "log_search", "log_tally")


def record(settings: Settings, events: list[dict[str, Any]]) -> None:
    with create_engine(settings.tracker_url).begin() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        )
        rows = [{"s": one["sender_id"], "d": json.dumps(one["data"])} for one in events]
        connection.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, :d)"), rows)


@pytest.fixture
def log(settings: Settings, sessions: Sessions) -> Log:
    for told in tell(Month(40, UNTIL)):
        fill(sessions, told)
        record(settings, told.events)
    return open_log(settings, sessions)


@pytest.fixture
def erasure(settings: Settings, sessions: Sessions) -> Erasure:
    return open_erasure(settings, sessions)


def kept(sessions: Sessions) -> list[list[str]]:
    with sessions() as session:
        return [sorted(str(row) for row in session.execute(text(f"SELECT * FROM {one}"))) for one in TABLES]


def test_everything_said_is_found_with_what_it_was_taken_for(log: Log, sessions: Sessions) -> None:
    assert log.catch_up() == 40
    reader = LogReader(sessions)
    lines = reader.page(Filter())
    assert len(lines) == 40
    assert lines == sorted(lines, key=lambda one: one.last, reverse=True)
    flagged = reader.page(Filter(flag="any"))
    assert flagged
    assert all("report_red_flag" in one.intents and "urgent" in one.kinds for one in flagged)


def test_catching_up_again_does_nothing(log: Log, sessions: Sessions) -> None:
    log.catch_up()
    before = kept(sessions)
    assert log.catch_up() == 0
    assert kept(sessions) == before


def test_made_again_from_nothing_it_is_the_same(log: Log, sessions: Sessions) -> None:
    log.catch_up(batch=30)
    before = kept(sessions)
    log.rebuild()
    assert kept(sessions) == before


def test_where_visitors_never_pause_it_ends_all_the_same_and_goes_on_the_next_time(
    log: Log, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.conversations.log_store.AGAIN", 0)
    some = log.catch_up(batch=20, seconds=0)
    assert 0 < some < 40
    for _ in range(100):
        log.catch_up(batch=20, seconds=0)
    in_parts = kept(sessions)
    log.rebuild()
    assert in_parts == kept(sessions)


def test_what_is_said_while_it_folds_waits_for_the_next_time(settings: Settings, log: Log, sessions: Sessions) -> None:
    [told, *_] = tell(Month(1, UNTIL))
    folds = 0

    def talking(words: str) -> str:
        nonlocal folds
        folds += 1
        if folds > 400:
            raise Stopped
        record(settings, told.events[:1])
        return words

    Log(sessions, Tracker(settings.tracker_url), talking).catch_up()
    assert folds <= 41


class Stopped(Exception):
    pass


@pytest.mark.parametrize("after", [1, 7, 20])
def test_stopped_anywhere_it_goes_on_to_the_same(settings: Settings, log: Log, sessions: Sessions, after: int) -> None:
    left = after

    def stopping(words: str) -> str:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped
        return words

    with pytest.raises(Stopped):
        Log(sessions, Tracker(settings.tracker_url), stopping).catch_up(batch=20)
    log.catch_up()
    stopped = kept(sessions)
    log.rebuild()
    assert stopped == kept(sessions)


def test_two_at_once_fold_each_conversation_once(settings: Settings, log: Log, sessions: Sessions) -> None:
    both = [log, open_log(settings, sessions)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: one.catch_up(batch=25), both))
    together = kept(sessions)
    log.rebuild()
    assert together == kept(sessions)


def test_two_processes_at_once_fold_each_conversation_once(
    settings: Settings, sessions: Sessions, tmp_path: Path
) -> None:
    for told in tell(Month(400, UNTIL)):
        fill(sessions, told)
        record(settings, told.events)
    folded = catch_up_together({"POINTE_VAR": str(tmp_path), "POINTE_SECRET": "secret"})
    together = kept(sessions)
    assert sum(folded) == 400
    open_log(settings, sessions).rebuild()
    assert together == kept(sessions)


def test_words_that_were_blanked_while_another_process_read_them_stay_blank(
    settings: Settings, log: Log, sessions: Sessions
) -> None:
    secret = "zwiebelkuchen"
    with sessions.begin() as session:
        who = str(session.scalar(text("SELECT conversation_id FROM message LIMIT 1")))
        put = text("UPDATE message SET text = :words WHERE conversation_id = :id")
        session.execute(put, {"words": secret, "id": who})

    def blank() -> None:
        with sessions.begin() as session:
            session.execute(put, {"words": "(blank)", "id": who})
        log.refold([who])

    def slow(words: str) -> str:
        if secret in words:
            blank()
        return words

    Log(sessions, Tracker(settings.tracker_url), slow).catch_up()
    reader = LogReader(sessions)
    assert {turn.text for turn in reader.turns(who)} == {"(blank)"}
    assert not reader.page(Filter(q=secret))


def test_what_another_engine_writes_below_the_mark_is_not_missed(
    settings: Settings, log: Log, sessions: Sessions
) -> None:
    with create_engine(settings.tracker_url).begin() as connection:
        rows = connection.execute(text("SELECT id, sender_id, data FROM events ORDER BY id DESC LIMIT 3")).all()
        late = [{"id": row.id, "s": row.sender_id, "d": row.data} for row in rows[1:]]
        connection.execute(text("DELETE FROM events WHERE id IN (:one, :two)"), {"one": rows[1].id, "two": rows[2].id})
    log.catch_up()
    with create_engine(settings.tracker_url).begin() as connection:
        connection.execute(text("INSERT INTO events (id, sender_id, data) VALUES (:id, :s, :d)"), late)
    log.catch_up()
    then = kept(sessions)
    log.rebuild()
    assert then == kept(sessions)


def test_a_broken_row_of_the_engine_hides_nothing_else(settings: Settings, log: Log) -> None:
    with create_engine(settings.tracker_url).begin() as connection:
        connection.execute(
            text("INSERT INTO events (sender_id, data) SELECT sender_id, '{\"event' FROM events LIMIT 1")
        )
    assert log.catch_up() == 40


@pytest.mark.parametrize("words", ["parking", "PARKED", "is parking there"])
def test_words_are_found_in_any_form(log: Log, sessions: Sessions, words: str) -> None:
    log.catch_up()
    found = LogReader(sessions).page(Filter(q=words))
    assert found
    assert all("\x02park" in one for one in Search(sessions).excerpts(words, [one.number for one in found]).values())


@pytest.mark.parametrize("words", ['"', "' OR 1=1 --", "NOT", "a* AND (", "\x00", "🦶", "heel NEAR/3 pointe", "%"])
def test_nothing_typed_into_the_search_is_an_order(log: Log, sessions: Sessions, words: str) -> None:
    log.catch_up()
    LogReader(sessions).page(Filter.read({"q": words}))


def test_nobody_is_found_by_a_telephone_number(log: Log, sessions: Sessions) -> None:
    log.catch_up()
    assert not LogReader(sessions).page(Filter(q="07700 900123"))
    assert LogReader(sessions).page(Filter(q="you can reach me"))


def test_filters_combine_and_pages_join_up(log: Log, sessions: Sessions) -> None:
    log.catch_up()
    reader = LogReader(sessions)
    both = {one.id for one in reader.every(Filter(covered="no", kind="answer"))}
    assert both == {one.id for one in reader.page(Filter(covered="no"))} & {
        one.id for one in reader.page(Filter(kind="answer"))
    }
    assert reader.count(Filter()) == len({one.id for one in reader.every(Filter())}) == 40


def test_a_conversation_is_found_by_its_first_letters(log: Log, sessions: Sessions) -> None:
    log.catch_up()
    reader = LogReader(sessions)
    whole = reader.page(Filter())[0].id
    assert reader.find(whole[:8]) == whole
    assert [reader.find(one) for one in ("", "%%%%", "zzzzzzzz", "' OR", "x" * 500)] == [None] * 5


def test_an_erased_conversation_leaves_no_byte(
    settings: Settings, log: Log, sessions: Sessions, erasure: Erasure, tmp_path: Path
) -> None:
    secret = "zwiebelkuchen"
    with sessions.begin() as session:
        who = session.scalar(text("SELECT conversation_id FROM message LIMIT 1"))
        session.execute(
            text("UPDATE message SET text = :words WHERE conversation_id = :id"), {"words": secret, "id": who}
        )
    log.catch_up()
    assert LogReader(sessions).page(Filter(q=secret))
    erasure.erase(str(who), keep_appointment=True)
    log.catch_up()
    held = [one.name for one in tmp_path.rglob("*") if one.is_file() and secret.encode() in one.read_bytes()]
    assert held == []
    assert LogReader(sessions).line(str(who)) is None


def test_figures_say_what_the_log_holds_after_whatever_happened_to_it(
    log: Log, sessions: Sessions, erasure: Erasure
) -> None:
    log.catch_up(batch=30)
    reader, figures = LogReader(sessions), LogFigures(sessions)
    log.refold([one.id for one in reader.page(Filter(), 20)])
    erasure.erase(reader.page(Filter(kind="answer"), 1)[0].id, keep_appointment=True)
    since = UNTIL - timedelta(days=40)
    whole = sum(figures.hours(since).values(), Counts())
    wanted = (Filter(), Filter(kind="answer"), Filter(covered="no"), Filter(flag="any"))
    assert whole == Counts(*(reader.count(one) for one in wanted))
    turns = [turn for one in reader.every(Filter()) for turn in reader.turns(one.id)]
    assert sum(one.messages for one in figures.models(since)) == len(turns)
    intents = Counter(turn.intent for turn in turns if turn.intent)
    assert dict(figures.topics(since, 99)) == dict(intents)
    assert figures.funnel(since, UNTIL).offered == reader.count(Filter(kind="offer"))
    tallies = kept(sessions)[-1]
    log.rebuild()
    assert tallies == kept(sessions)[-1]


def test_a_long_month_is_made_up_by_its_messages() -> None:
    told = list(tell(replace(month_of(20_000), until=UNTIL)))
    messages = sum(len(one.messages) for one in told)
    assert 18_000 < messages < 22_000
    assert sum(len(one.events) for one in told) == 3 * messages
