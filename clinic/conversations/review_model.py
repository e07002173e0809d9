"""What staff can decide about a conversation: verdict, reason, note, state, tags and owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.problem import Problem

STATES = ("open", "reviewed", "skipped")
VERDICTS = ("", "right", "wrong")
REASONS = {
    "": "not said",
    "misunderstood": "misunderstood",
    "passage": "wrong passage",
    "incomplete": "incomplete",
    "uncovered": "should have been covered",
    "unasked": "should not have answered",
    "alarm_missed": "alarm missed",
    "false_alarm": "false alarm",
    "tone": "tone",
    "other": "something else",
}
OUTCOMES = {"": "nobody yet", "contacted": "contacted", "unreached": "could not be reached", "seen": "seen"}


class ReviewError(Problem):
    """A decision that cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Review:
    """What is decided of a conversation; `revision` counts the changes."""

    state: str = "open"
    verdict: str = ""
    reason: str = ""
    note: str = ""
    right_intent: str = ""
    right_answer: str = ""
    tags: str = ""
    assignee: str = ""
    flagged: bool = False
    outcome: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """One line of the history: who changed what, and from what to what."""

    number: int
    at: datetime
    who: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """A change of many: its name, by which it can be taken back, and how many it changed."""

    name: str
    changed: int


def check_decision(wanted: dict[str, Any]) -> None:
    """Raise ReviewError for a value that a field cannot have."""
    allowed = {"state": STATES, "verdict": VERDICTS, "reason": tuple(REASONS), "outcome": tuple(OUTCOMES)}
    for name, values in allowed.items():
        if name in wanted and wanted[name] not in values:
            raise ReviewError(f"{name} can be {', '.join(value or 'empty' for value in values)}.")


def tidy_tags(written: str) -> str:
    """Tags as they are kept, between bars: `|door|stairs|`."""
    found = dict.fromkeys(" ".join(one.split()).lower()[:40].replace("|", "/") for one in written.split(","))
    kept = [one for one in found if one][:10]
    return f"|{'|'.join(kept)}|" if kept else ""


def with_tags(kept: str, added: str) -> str:
    """Tags as they are kept, with others after them."""
    return tidy_tags(",".join([*kept.strip("|").split("|"), *added.strip("|").split("|")])) if added else kept
