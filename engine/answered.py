"""What is looked at once a message has its conversation's lock: whether it was answered, and whether anybody waits.

A message that comes again was perhaps answered meanwhile, by another machine's engine: then its replies are given.
A message whose caller has gone is not begun, so that a crowd that has left costs those who come after it nothing; it
was never heard, and is answered when it comes again.
"""

from __future__ import annotations

import time
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_HANDLE = MessageProcessor.handle_message
_SANE_SECONDS = 60.0  # a deadline further away is another machine's clock


class NobodyWaits(Exception):
    """The caller has given up; the turn was not begun."""


def check_waiting(until: float | None) -> None:
    """Raise NobodyWaits when this moment of the machine's monotonic clock has passed."""
    if until is not None and 0.0 < time.monotonic() - until < _SANE_SECONDS:
        raise NobodyWaits


def replies_to(tracker: DialogueStateTracker | None, message_id: str) -> list[dict[str, Any]]:
    """What was said to the message of this id; empty where it was not heard, or got no reply but that it failed."""
    said: list[dict[str, Any]] = []
    mine = False
    for event in tracker.events if tracker is not None else ():
        if isinstance(event, UserUttered):
            mine = event.message_id == message_id
            said = [] if mine else said
        elif mine and isinstance(event, BotUttered):
            custom = (event.data or {}).get("custom")
            said += [dict(custom)] if custom else []
    return [] if any(reply.get("kind") == "error" for reply in said) else said


async def handle_once(processor: MessageProcessor, message: UserMessage) -> Any:
    """Rasa's `handle_message`, but for a message `again` that was answered: its replies are given as they were.

    Raises NobodyWaits where its caller has gone.
    """
    check_waiting(getattr(message, "until", None))
    if getattr(message, "again", False):
        said = replies_to(await processor.tracker_store.retrieve(message.sender_id), message.message_id)
        if said and message.output_channel is not None:
            for reply in said:
                await message.output_channel.send_response(message.sender_id, {"custom": reply})
            return None
    return await _HANDLE(processor, message)
