"""What the engine made of a message, as values; standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

ReplyJson = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """One message as the engine understood it, and what it answered: a line of the log."""

    text: str
    at: datetime
    intent: str
    confidence: float
    guesses: tuple[tuple[str, float], ...] = ()
    actions: tuple[str, ...] = ()
    replies: tuple[ReplyJson, ...] = ()
    message_id: str = ""
    red_flag: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the replies, in order."""
        return tuple(str(reply.get("kind", "say")) for reply in self.replies)
