"""The index of what was said lasts, however often something is erased; a damaged one is mended."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from clinic.composition import open_erasure, open_log
from clinic.conversations.demonstration import tell
from clinic.conversations.demonstration_month import Month
from clinic.conversations.demonstration_store import fill
from clinic.conversations.log_filter import Filter
from clinic.conversations.log_reading_store import LogReader
from clinic.conversations.search_store import Search, forget_words, put_words
from clinic.db import Sessions
from clinic.settings import Settings

UNTIL = datetime(2026, 11, 29, tzinfo=UTC)
# As it was found after some two thousand erasures: 2,002 levels, where FTS5 takes 2,000.
DAMAGE = "UPDATE log_search_data SET block = x'000000008F52019C1A000000' WHERE id = 10"


def test_thousands_of_erasures_leave_a_search_that_works(sessions: Sessions) -> None:
    search = Search(sessions)
    for n in range(2, 1500):
        with sessions.begin() as session:
            put_words(session, [(n * 2, f"a{n}", f"a heel that hurts {n}"), (n * 2 + 1, f"b{n}", "an ankle")])
            forget_words(session, [n * 2 - 3])
        search.scrub()
        search.mend()
    assert search.excerpts("heel", [2998]) == {2998: "a \x02heel\x03 that hurts 1499"}
    assert search.mend() == 0


def test_no_word_of_what_was_erased_is_left_in_the_index(sessions: Sessions) -> None:
    with sessions.begin() as session:
        put_words(session, [(n, f"a{n}", f"a heel that hurts {n} " * 40) for n in range(2000)])
        put_words(session, [(5000, "b", "zebraword")])
    with sessions.begin() as session:
        forget_words(session, [5000])
    Search(sessions).scrub()
    with sessions() as session:
        kept = session.execute(text("SELECT block FROM log_search_data")).scalars().all()
    assert not [one for one in kept if b"zebraword" in one]
    assert [one for one in kept if b"heel" in one]


def test_with_a_damaged_index_the_log_goes_on_once_it_is_mended(settings: Settings, sessions: Sessions) -> None:
    for told in tell(Month(5, UNTIL)):
        fill(sessions, told)
    log = open_log(settings, sessions)
    log.catch_up()
    [first, *_] = LogReader(sessions).page(Filter())
    with sessions.begin() as session:
        session.execute(text(DAMAGE))
    sessions.kw["bind"].dispose()
    with pytest.raises(DatabaseError):
        log.erase(first.id)

    assert Search(sessions).mend() == 1
    open_erasure(settings, sessions).erase(first.id, keep_appointment=True)
    assert len(LogReader(sessions).page(Filter())) == 4
    assert log.rebuild() == 4
    assert Search(sessions).mend() == 0
