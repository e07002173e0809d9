"""Messages that failed, put right from what the engine recorded after all."""

from __future__ import annotations

from clinic.conversations.message_store import Messages
from clinic.conversations.model import Message
from clinic.engine.tracker_store import Tracker


def mended_messages(store: Messages, tracker: Tracker, conversation_id: str) -> list[Message]:
    """The messages so far; one that was given up and then answered has its answer, here and in the store."""
    messages = store.of(conversation_id)
    failed = [one for one in messages if one.state == "failed" or (one.state == "pending" and one.is_abandoned)]
    if not failed:
        return messages
    answered = {turn.message_id: turn for turn in tracker.turns(conversation_id) if turn.is_answered}
    for one in failed:
        if turn := answered.get(one.client_id):
            store.settle(one, "answered", list(turn.replies))
    return store.of(conversation_id)
