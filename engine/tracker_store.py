"""The tracker store: Rasa's own tables, written by appending and read once.

Rasa's SQL store reads every event of a conversation at each message, counts them again to know which are new, and
replays all of them. Here the trackers of recent conversations stay in memory between two messages, only new events
are written, and what happened long ago is kept as what came of it (slots and form), so that the five hundredth
message costs what the fifth did. The table holds everything all the same.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from engine.event_rows import EventRows, keep_connections
from engine.postgres_waiting import limit_waiting

KEPT_TRACKERS = 300
KEPT_SECONDS = 900.0
MOST_EVENTS, TAIL_EVENTS = 80, 30
DATABASE_SECONDS = 3.0  # of the four that a turn has
THREADS = 8

Got = TypeVar("Got")


@dataclass
class Kept:
    """A tracker as it stood after its last save: how much of it is stored, and under which last id."""

    tracker: DialogueStateTracker
    stored: int
    last_id: int
    at: float

    def is_whole(self) -> bool:
        """Whether nothing came to it after it was stored, as from a turn that failed, and it is not old."""
        return len(self.tracker.events) == self.stored and time.monotonic() - self.at < KEPT_SECONDS


class AppendingTrackerStore(SQLTrackerStore):
    """Rasa's SQL store that appends, named by its class path in `endpoints.yml`.

    Safe beside other engines and beside erasure: a kept tracker serves only while the newest row of its
    conversation is the one that it was stored under, and while nothing has come to it since: a turn that fails leaves
    nothing half-done there. What is saved must follow the row that was the newest when the tracker was read, or the
    save raises `Overtaken`: the lock of a conversation can be lost, its rows cannot be written over.

    The database is asked in threads, so that one that hangs keeps nobody else's message from being understood.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        endpoint_config: EndpointConfig | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        given = {**(endpoint_config.kwargs if endpoint_config else {}), **kwargs}
        host = endpoint_config.url if endpoint_config else None
        super().__init__(domain=domain, event_broker=event_broker, host=given.pop("host", host), **given)
        limit_waiting(self.engine)
        self.engine.hide_parameters = True  # A failure names its statement, never what a visitor said.
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._rows = EventRows(keep_connections(self.engine, THREADS), self.SQLEvent.__table__)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="tracker-store")

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation: the kept one where it is the newest, otherwise from its rows."""
        kept = self._kept.get(sender_id)
        newest = await self._aside(self._rows.newest, sender_id)
        if kept and kept.is_whole() and newest == kept.last_id:
            self._mark(kept.tracker, kept.stored, newest)
            return kept.tracker
        read = await self._aside(self._read, sender_id) if newest else None
        if read is None:
            return None
        tracker = self._shortened(read)
        self._mark(tracker, len(tracker.events), newest)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what is new; the tracker is kept for the next message. Raises Overtaken."""
        await self.stream_events(tracker)
        stored, last = getattr(tracker, "pointe_stored", (0, 0))  # Unmarked: of a conversation that had no rows.
        new = list(tracker.events)[stored:]
        newest = await self._aside(self._rows.append, tracker.sender_id, new, last)
        self._mark(tracker, len(tracker.events), newest)
        short = self._shortened(tracker)
        self._keep(tracker.sender_id, Kept(short, len(short.events), newest, time.monotonic()))

    def forget(self) -> None:
        """Keep no tracker any longer: the next message of each conversation reads its rows."""
        self._kept.clear()

    def _keep(self, sender_id: str, kept: Kept) -> None:
        self._kept[sender_id] = kept
        self._kept.move_to_end(sender_id)
        while len(self._kept) > KEPT_TRACKERS:
            self._kept.popitem(last=False)

    async def _aside(self, work: Callable[..., Got], *given: Any) -> Got:
        running = asyncio.get_running_loop().run_in_executor(self._threads, work, *given)
        return await asyncio.wait_for(running, DATABASE_SECONDS)

    def _read(self, sender_id: str) -> DialogueStateTracker | None:
        """Rasa's own reading: the rows of the newest session, replayed."""
        with self.session_scope() as session:
            events = [json.loads(row.data) for row in self._event_query(session, sender_id, False)]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots) if events else None

    @staticmethod
    def _mark(tracker: DialogueStateTracker, stored: int, last_id: int) -> None:
        tracker.pointe_stored = (stored, last_id)

    def _shortened(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """The same conversation with its distant past as slots and form; the tracker itself where it is short."""
        events = list(tracker.events)
        if len(events) <= MOST_EVENTS:
            return tracker
        begin = _begin_of_tail(events)
        if begin is None:
            return tracker
        past = DialogueStateTracker.from_events(tracker.sender_id, events[:begin], self.domain.slots)
        short = [*_what_came_of(past), *events[begin:]]
        return DialogueStateTracker.from_events(
            tracker.sender_id, short, self.domain.slots, max_event_history=tracker._max_event_history
        )


def _begin_of_tail(events: list[Event]) -> int | None:
    """Where the last TAIL_EVENTS or so begin: at the `action_listen` before a message of the visitor's."""
    for place in range(len(events) - TAIL_EVENTS, 0, -1):
        before = events[place - 1]
        listened = isinstance(before, ActionExecuted) and before.action_name == ACTION_LISTEN_NAME
        if isinstance(events[place], UserUttered) and listened:
            return place - 1
    return None


def _what_came_of(past: DialogueStateTracker) -> list[Event]:
    began = past.events[0].timestamp if past.events else time.time()
    made: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=began),
        SessionStarted(timestamp=began),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=began),
    ]
    values = past.current_slot_values()
    made += [SlotSet(name, value, timestamp=began) for name, value in values.items() if value is not None]
    if past.active_loop_name:
        made.append(ActiveLoop(past.active_loop_name, timestamp=began))
    return made
