"""What staff read: the list of conversations, and one of them turn by turn."""

from __future__ import annotations

from clinic.conversations.model import Feedback, Message, Summary
from clinic.conversations.store import Conversations
from clinic.engine.prediction import LoggedTurn
from clinic.engine.tracker_store import Tracker

WORDS = 70


class History:
    """Our own messages joined with what the engine recorded of them."""

    def __init__(self, store: Conversations, tracker: Tracker) -> None:
        self._store = store
        self._tracker = tracker

    def summaries(self, limit: int) -> list[Summary]:
        """The newest conversations in which something was said, the last spoken first."""
        return [self._summary(one) for one in self._store.newest(limit)]

    def turns(self, conversation_id: str) -> list[LoggedTurn]:
        """A conversation as visitor and engine had it; a message that the engine never heard is there too."""
        recorded = {turn.message_id: turn for turn in self._tracker.turns(conversation_id)}
        return [recorded.get(one.client_id) or _unheard(one) for one in self._store.messages.of(conversation_id)]

    def feedback(self, conversation_id: str) -> list[Feedback]:
        """What the visitor thought of replies."""
        return self._store.feedback.of(conversation_id)

    def _summary(self, conversation_id: str) -> Summary:
        messages = self._store.messages.of(conversation_id)
        thoughts = self._store.feedback.of(conversation_id)
        kinds = dict.fromkeys(str(reply.get("kind")) for one in messages for reply in one.replies)
        return Summary(
            id=conversation_id,
            started=messages[0].at,
            last=messages[-1].at,
            messages=len(messages),
            first_words=messages[0].text[:WORDS],
            kinds=tuple(kinds),
            helpful=sum(one.helpful for one in thoughts),
            unhelpful=sum(not one.helpful for one in thoughts),
        )


def _unheard(message: Message) -> LoggedTurn:
    return LoggedTurn(message.text, message.at, "", 0.0, replies=message.replies, message_id=message.client_id)
