"""What every action shares: it answers in time, or says that something failed. Never a silence."""

from __future__ import annotations

import asyncio
import logging
from abc import abstractmethod
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services, services
from actions.tracker import FORM, Turn, read_turn
from clinic.dialogue.reply import Reply, say
from clinic.privacy.masking import holds_number

log = logging.getLogger(__name__)

# Rasa waits five minutes for an action; a visitor is answered within five seconds.
SECONDS = 3.5
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action says, what it lets the conversation remember, and further events of Rasa's."""

    replies: tuple[Reply, ...] = ()
    slots: dict[str, Any] = field(default_factory=dict)
    events: tuple[Event, ...] = ()


class ReplyingAction(Action):
    """An action that turns one Turn into one Outcome, in a thread of its own and within SECONDS."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    @abstractmethod
    def respond(self, turn: Turn, given: Services) -> Outcome:
        """What to say and to remember; may raise, then the visitor is told that something failed."""

    def on_failure(self, tracker: Tracker) -> list[Event]:
        """What the conversation remembers when `respond` failed."""
        return []

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Called by Rasa."""
        try:
            turn = read_turn(tracker)
            outcome = await asyncio.wait_for(asyncio.to_thread(self._outcome, turn), SECONDS)
        except Exception:
            log.exception("%s failed", self.name())
            dispatcher.utter_message(json_message=services().fixed.failure().to_json())
            return self.on_failure(tracker)
        for reply in outcome.replies:
            dispatcher.utter_message(json_message=reply.to_json())
        return [*(SlotSet(name, value) for name, value in outcome.slots.items()), *outcome.events]

    def _outcome(self, turn: Turn) -> Outcome:
        given = services()
        outcome = self.respond(turn, given)
        if turn.said or not outcome.replies or outcome.replies[0].kind == "urgent" or not holds_number(turn.text):
            return outcome
        return replace(outcome, replies=(*outcome.replies, say(given.responses.render("masked_hint"))))


def back_to_form(turn: Turn) -> tuple[Event, ...]:
    """Where a question came in between, the request goes on after its answer."""
    return (FollowupAction(FORM),) if turn.form_active else ()


def leave_form() -> tuple[Event, ...]:
    """End the form where it stands."""
    return (ActiveLoop(None), SlotSet("requested_slot", None))
