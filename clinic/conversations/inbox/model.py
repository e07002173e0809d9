"""The values of the inbox; standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Reason = Literal["corrected", "disliked", "unsure", "unanswered"]
REASONS: dict[Reason, str] = {
    "corrected": "staff said it was wrong",
    "disliked": "the visitor said it did not help",
    "unsure": "the assistant was unsure",
    "unanswered": "no article answered",
}
Verdict = Literal["accepted", "right", "unworthy", "junk", "skipped", "second"]
VERDICTS: dict[Verdict, str] = {
    "accepted": "accepted as an example",
    "right": "understood well enough",
    "unworthy": "not worth learning",
    "junk": "junk",
    "skipped": "skipped",
    "second": "for a second look",
}
OPEN_AGAIN: tuple[Verdict, ...] = ("skipped", "second")
"""Verdicts that settle nothing: what has one is shown again in a list of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands in the log."""

    conversation_id: str
    turn: int


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the log and why it is worth a look; `guesses` are intents with confidences, the likeliest first.

    `text` has its contact details masked. `right_intent` is what staff said it should have been taken for,
    `right_answer` what should have been answered.
    """

    place: Place
    text: str
    at: datetime
    reasons: frozenset[Reason]
    guesses: tuple[tuple[str, float], ...] = ()
    right_intent: str = ""
    is_test: bool = False
    right_answer: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Messages so much alike that one decision covers them; `key` holds nothing that can be read."""

    key: str
    text: str
    wordings: tuple[str, ...]
    places: tuple[Place, ...]
    reasons: tuple[Reason, ...]
    guesses: tuple[tuple[str, float], ...]
    right_intent: str
    last: datetime
    is_test: bool
    value: float
    right_answer: str = ""

    @property
    def count(self) -> int:
        """How often it was said."""
        return len(self.places)

    @property
    def suggestion(self) -> str:
        """The intent it is probably an example of: what staff said, or else the likeliest guess; may be empty."""
        return self.right_intent or (self.guesses[0][0] if self.guesses else "")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of an item; `batch` names the click it was made with, `change` the draft that came of it.

    A second look may be left to somebody, the `assignee`.
    """

    key: str
    verdict: Verdict
    who: str
    at: datetime
    intent: str = ""
    batch: str = ""
    change: str = ""
    assignee: str = ""
