"""What the engine made of a message, as values; standard library only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ReplyJson = dict[str, Any]


def is_answer(replies: Sequence[ReplyJson]) -> bool:
    """Whether these replies answer: an `error` among them, or none at all, is a failure that may be taken again."""
    return bool(replies) and all(reply.get("kind") != "error" for reply in replies)


@dataclass(frozen=True, slots=True)
class Kept:
    """How a turn came about, kept for staff: words read in another spelling (as typed, as read), the questions it was
    split into, the model, milliseconds of understanding, and of each action what `actions/kept.py` says.
    """

    spelling: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    model: str = ""
    milliseconds: int | None = None
    steps: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the log keeps it."""
        return {
            "spelling": [list(one) for one in self.spelling],
            "parts": list(self.parts),
            "model": self.model,
            "milliseconds": self.milliseconds,
            "steps": list(self.steps),
        }

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the articles were silent, a word for each question they were silent on."""
        asked = [one for step in self.steps for one in step.get("questions") or []]
        return tuple(str(one["reason"]) for one in asked if one.get("verdict") != "found" and one.get("reason"))


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
    kept: Kept = Kept()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the replies, in order."""
        return tuple(str(reply.get("kind", "say")) for reply in self.replies)

    @property
    def is_answered(self) -> bool:
        """Whether something was said, and not that something failed."""
        return is_answer(self.replies)
