from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine import answered
from engine.answered import NobodyWaits, handle_once, replies_to
from engine.replies import Replies

REPLY = {"id": "r", "kind": "say", "text": "hello"}


class FakeProcessor:
    """What one machine's engine did, as another's finds it."""

    def __init__(self, *events: Any) -> None:
        self.tracker_store = self
        self._tracker = DialogueStateTracker.from_events("visitor", list(events))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        return self._tracker


def message(again: bool) -> UserMessage:
    made = UserMessage("good morning", Replies(), "visitor", message_id="one")
    made.again = again
    return made


HEARD = UserUttered("good morning", message_id="one")
SAID = BotUttered(None, {"custom": REPLY})


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []

    async def handle(_processor: Any, given: UserMessage) -> None:
        seen.append(given.message_id)

    monkeypatch.setattr(answered, "_HANDLE", handle)
    return seen


def test_a_message_answered_by_another_engine_gets_the_same_replies(handled: list[str]) -> None:
    again = message(True)
    asyncio.run(handle_once(FakeProcessor(HEARD, ActionExecuted("action_greet"), SAID), again))
    assert (again.output_channel.collected, handled) == ([REPLY], [])


def test_a_message_that_was_heard_and_not_answered_is_answered(handled: list[str]) -> None:
    asyncio.run(handle_once(FakeProcessor(HEARD), message(True)))
    asyncio.run(handle_once(FakeProcessor(HEARD, SAID), message(False)))
    assert handled == ["one", "one"]


def test_a_message_that_an_action_failed_on_is_answered_the_next_time_and_only_then(handled: list[str]) -> None:
    failed = [HEARD, BotUttered(None, {"custom": {"id": "f", "kind": "error", "text": "sorry"}})]
    asyncio.run(handle_once(FakeProcessor(*failed), message(True)))
    assert handled == ["one"]
    again = message(True)
    asyncio.run(handle_once(FakeProcessor(*failed, HEARD, SAID), again))
    assert (again.output_channel.collected, handled) == ([REPLY], ["one"])


def test_the_replies_to_another_message_are_not_given() -> None:
    tracker = DialogueStateTracker.from_events("visitor", [UserUttered("hi", message_id="other"), SAID])
    assert replies_to(tracker, "one") == replies_to(None, "one") == []


def test_a_turn_that_nobody_waits_for_is_not_begun(handled: list[str]) -> None:
    late, early = message(False), message(False)
    late.until, early.until = time.monotonic() - 1, time.monotonic() + 10
    with pytest.raises(NobodyWaits):
        asyncio.run(handle_once(FakeProcessor(), late))
    asyncio.run(handle_once(FakeProcessor(), early))
    assert handled == ["one"]
