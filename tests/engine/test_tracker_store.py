"""The tracker store keeps everything that Rasa's own keeps, and does as much at the last turn as at the first."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

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
