"""What an action hands back to Rasa."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.tracker import FORM, Turn
from clinic.dialogue.reply import Reply

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action says, what it lets the conversation remember, and further events of Rasa's.

    `rule` is the move that routing chose, for the log; empty where the message went on as it was understood.
    """

    replies: tuple[Reply, ...] = ()
    slots: dict[str, Any] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    rule: str = ""


def back_to_form(turn: Turn) -> tuple[Event, ...]:
    """Where a question came in between, the request goes on after its answer."""
    return (FollowupAction(FORM),) if turn.form_active else ()


def leave_form() -> tuple[Event, ...]:
    """End the form where it stands."""
    return (ActiveLoop(None), SlotSet("requested_slot", None))


def begin_request() -> Outcome:
    """Start the form with the message at hand."""
    return Outcome(events=(FollowupAction(FORM),))
