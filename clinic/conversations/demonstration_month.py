"""What visitors said in a month that never was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

SAID = {
    "answer": "The article says: the pain is felt at the back of the ankle when the foot points down.",
    "not_covered": "I can't find that in the clinic's articles. You could ask the clinic itself.",
    "urgent": "This needs to be looked at now. Please call 111, or 999 if it gets worse.",
    "offer": "Would you like an online appointment?",
    "say": "You're welcome.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Rows of some conversations, ready to be stored."""

    conversations: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    feedback: list[dict[str, Any]]
    follow_ups: list[dict[str, Any]]
    events: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Month:
    """What is made up, the same for the same seed: so many conversations of the 30 days before `until`.

    After its first message a conversation has `further` others, on average. Of the first `recorded` conversations there
    is also what the engine would have recorded; of all where that is None.
    """

    conversations: int
    until: datetime
    further: float = 4.0
    recorded: int | None = None
    seed: int = 7
