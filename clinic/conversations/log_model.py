"""A conversation of the log and a turn of it, as staff read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.engine.prediction import Kept

NOTHING_KEPT = Kept()


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list; `number` is its place there."""

    id: str
    number: int
    started: datetime
    last: datetime
    turns: int
    first_words: str
    kinds: tuple[str, ...]
    intents: tuple[str, ...]
    red_flag: str
    not_covered: bool
    helpful: int
    unhelpful: int
    request: str
    state: str
    verdict: str
    assignee: str
    outcome: str


@dataclass(frozen=True, slots=True)
class LogTurn:
    """A turn of one conversation."""

    place: int
    message_id: str
    at: datetime
    text: str
    intent: str
    confidence: float
    guesses: tuple[tuple[str, float], ...]
    actions: tuple[str, ...]
    red_flag: str
    replies: tuple[dict[str, Any], ...]
    milliseconds: int | None
    kept: Kept = NOTHING_KEPT
