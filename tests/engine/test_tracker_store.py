"""The tracker store keeps everything that Rasa's own keeps, and does as much at the last turn as at the first."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from engine.event_rows import Overtaken
from engine.rasa_patches import apply
from engine.tracker_store import MOST_EVENTS, AppendingTrackerStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [greet]
slots:
  topic:
    type: any
    mappings: [{type: custom}]
forms:
  appointment_form:
    required_slots: []
"""
)


@pytest.fixture
def store(tmp_path: Path) -> AppendingTrackerStore:
    return AppendingTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.db"))


def plain(tmp_path: Path) -> SQLTrackerStore:
    return SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.db"))


def heard(number: int) -> list[Any]:
    ranking = [{"name": f"intent{guess}", "confidence": 1 / (guess + 2)} for guess in range(50)]
    parsed = {"text": f"message {number}", "intent": ranking[0], "intent_ranking": ranking, "entities": []}
    said = UserUttered(f"message {number}", ranking[0], parse_data=parsed, message_id=str(number))
    return [
        said,
        SlotSet("topic", number),
        ActionExecuted("action_answer"),
        BotUttered(f"answer {number}"),
        ActionExecuted("action_listen"),
    ]


async def talk(store: AppendingTrackerStore, sender: str, numbers: range) -> DialogueStateTracker:
    for number in numbers:
        tracker = await store.get_or_create_tracker(sender)
        for event in heard(number):
            tracker.update(event, DOMAIN)
        await store.save(tracker)
    return tracker


def test_every_message_of_a_long_conversation_is_stored_once_and_in_order(
    store: AppendingTrackerStore, tmp_path: Path
) -> None:
    asyncio.run(talk(store, "one", range(100)))
    read = asyncio.run(plain(tmp_path).retrieve("one"))
    assert read is not None
    texts = [event.text for event in read.events if isinstance(event, UserUttered)]
    assert texts == [f"message {number}" for number in range(100)]


def test_a_long_conversation_is_remembered_by_what_came_of_it(store: AppendingTrackerStore) -> None:
    tracker = asyncio.run(store.get_or_create_tracker("one"))
    tracker.update(ActiveLoop("appointment_form"), DOMAIN)
    asyncio.run(store.save(tracker))
    asyncio.run(talk(store, "one", range(80)))
    after = asyncio.run(store.retrieve("one"))
    assert after is not None
    assert len(after.events) <= MOST_EVENTS + 10
    assert after.get_slot("topic") == 79
    assert after.active_loop_name == "appointment_form"


def test_the_same_is_remembered_after_a_restart(store: AppendingTrackerStore, tmp_path: Path) -> None:
    asyncio.run(talk(store, "one", range(80)))
    again = AppendingTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.db"))
    asyncio.run(talk(again, "one", range(80, 83)))
    after = asyncio.run(plain(tmp_path).retrieve("one"))
    assert after is not None
    assert sum(isinstance(event, UserUttered) for event in after.events) == 83
    assert after.get_slot("topic") == 82


def test_what_another_engine_heard_meanwhile_is_known(store: AppendingTrackerStore, tmp_path: Path) -> None:
    other = AppendingTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.db"))
    asyncio.run(talk(store, "one", range(2)))
    asyncio.run(talk(other, "one", range(2, 3)))
    asyncio.run(talk(store, "one", range(3, 4)))
    read = asyncio.run(plain(tmp_path).retrieve("one"))
    assert read is not None
    assert [event.message_id for event in read.events if isinstance(event, UserUttered)] == ["0", "1", "2", "3"]


def test_an_erased_conversation_does_not_come_back_from_memory(store: AppendingTrackerStore) -> None:
    asyncio.run(talk(store, "one", range(2)))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM events")
    assert asyncio.run(store.retrieve("one")) is None


def test_a_turn_that_failed_half_way_leaves_nothing_behind(store: AppendingTrackerStore) -> None:
    asyncio.run(talk(store, "one", range(2)))
    broken = asyncio.run(store.retrieve("one"))
    assert broken is not None
    broken.update(SlotSet("topic", "half done"), DOMAIN)
    after = asyncio.run(store.retrieve("one"))
    assert after is not None
    assert after.get_slot("topic") == 1


def test_the_ranking_is_stored_as_far_as_anybody_reads_it(store: AppendingTrackerStore, tmp_path: Path) -> None:
    asyncio.run(talk(store, "one", range(1)))
    read = asyncio.run(plain(tmp_path).retrieve("one"))
    assert read is not None
    assert read.latest_message is not None
    assert len(read.latest_message.parse_data["intent_ranking"]) == 10


def test_whoever_only_looks_takes_nothing_away(store: AppendingTrackerStore) -> None:
    asyncio.run(talk(store, "one", range(80)))
    looked = asyncio.run(store.retrieve("one"))
    assert asyncio.run(store.retrieve("one")) is looked


def heard_by(store: SQLTrackerStore) -> list[str | None]:
    tracker = asyncio.run(store.retrieve("one"))
    return [event.message_id for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


def test_an_engine_that_was_overtaken_in_the_middle_of_a_turn_writes_nothing(
    store: AppendingTrackerStore, tmp_path: Path
) -> None:
    other = AppendingTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.db"))
    asyncio.run(talk(store, "one", range(2)))
    slow = asyncio.run(store.retrieve("one"))
    assert slow is not None
    asyncio.run(talk(other, "one", range(2, 3)))
    for event in heard(2):
        slow.update(event, DOMAIN)
    with pytest.raises(Overtaken):
        asyncio.run(store.save(slow))
    assert heard_by(plain(tmp_path)) == ["0", "1", "2"]
    asyncio.run(talk(store, "one", range(3, 4)))
    assert heard_by(plain(tmp_path)) == ["0", "1", "2", "3"]


def test_two_engines_that_begin_one_conversation_do_not_both_write_its_beginning(
    store: AppendingTrackerStore, tmp_path: Path
) -> None:
    other = AppendingTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.db"))
    begun = asyncio.run(store.get_or_create_tracker("one", append_action_listen=False))
    asyncio.run(talk(other, "one", range(1)))
    begun.update(heard(0)[0], DOMAIN)
    with pytest.raises(Overtaken):
        asyncio.run(store.save(begun))
    assert heard_by(plain(tmp_path)) == ["0"]


def test_what_was_erased_in_the_middle_of_a_turn_is_not_written_back(
    store: AppendingTrackerStore, tmp_path: Path
) -> None:
    asyncio.run(talk(store, "one", range(2)))
    tracker = asyncio.run(store.retrieve("one"))
    assert tracker is not None
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM events")
    tracker.update(heard(2)[0], DOMAIN)
    with pytest.raises(Overtaken):
        asyncio.run(store.save(tracker))
    assert heard_by(plain(tmp_path)) == []


def test_a_conversation_that_cannot_be_read_is_not_taken_for_a_new_one(store: AppendingTrackerStore) -> None:
    apply()
    rasa = FailSafeTrackerStore(store)
    asyncio.run(talk(store, "one", range(2)))
    tracker = asyncio.run(rasa.retrieve("one"))
    assert tracker is not None
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events RENAME TO gone")
    tracker.update(heard(2)[0], DOMAIN)
    for failing in (rasa.retrieve("one"), rasa.save(tracker)):
        with pytest.raises(SQLAlchemyError):
            asyncio.run(failing)


def test_a_database_that_is_waited_for_keeps_nobody_else_waiting(
    store: AppendingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(talk(store, "one", range(1)))
    open_again = threading.Event()
    newest = store._rows.newest
    monkeypatch.setattr(store._rows, "newest", lambda sender: open_again.wait(5) and newest(sender))

    async def beside() -> DialogueStateTracker | None:
        reading = asyncio.create_task(store.retrieve("one"))
        await asyncio.sleep(0.01)  # Comes back although the database has not answered.
        assert not reading.done()
        open_again.set()
        return await reading

    assert asyncio.run(beside()) is not None
