"""What every action shares: routing first, an answer in time, or word that something failed. Never a silence."""

from __future__ import annotations

import asyncio
import logging
from abc import abstractmethod
from dataclasses import replace
from time import perf_counter
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.kept import Kept
from actions.moves import perform
from actions.outcome import Event, Outcome, back_to_form, leave_form
from actions.services import Services, services, services_for, take_vectors
from actions.tracker import FORM, LISTEN, Turn
from actions.turn_reading import read_turn
from clinic.dialogue.links import with_links
from clinic.dialogue.reply import say
from clinic.dialogue.routing import Move
from clinic.dialogue.state_slots import with_minor, without_undo
from clinic.knowledge.answering.notes import noted_answers
from clinic.privacy.masking import holds_number

log = logging.getLogger(__name__)

# Rasa waits five minutes for an action; of the five seconds of a visitor the web waits 3.4 for the engine.
SECONDS = 3.0

__all__ = ["Event", "Outcome", "ReplyingAction", "back_to_form", "leave_form"]


class ReplyingAction(Action):
    """An action that turns one Turn into one Outcome, in a thread of its own and within SECONDS.

    Where it is not `routed`, the message was read already and means what the step before made of it.
    """

    routed = True

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
            outcome, kept = await asyncio.wait_for(asyncio.to_thread(self._outcome, turn), SECONDS)
        except Exception:
            log.exception("%s failed", self.name())
            dispatcher.utter_message(json_message=services().fixed.failure().to_json())
            return self.on_failure(tracker)
        for place, reply in enumerate(outcome.replies):
            beside: dict[str, Any] = {} if place else {"kept": kept.to_json()}
            dispatcher.utter_message(json_message=reply.to_json(), **beside)
        slots = [SlotSet(name, value) for name, value in outcome.slots.items()]
        return [*slots, *outcome.events, *self._listen_next(turn, outcome)]

    def _listen_next(self, turn: Turn, outcome: Outcome) -> list[Event]:
        """Outside the form a rule has one action: what comes next need not be predicted."""
        done = self.name() != FORM and not turn.form_active and not outcome.events
        return [FollowupAction(LISTEN)] if done else []

    def _outcome(self, turn: Turn) -> tuple[Outcome, Kept]:
        given, begin = services_for(turn.conversation_id), perf_counter()
        if turn.vectors:
            take_vectors(turn.vectors)
        with noted_answers() as answers:
            outcome = (perform(turn, given) if self.routed and _is_first(turn) else None) or self.respond(turn, given)
        replies = tuple(with_links(one, given.settings) for one in outcome.replies)
        if replies and not turn.said and replies[0].kind != "urgent" and holds_number(turn.text):
            replies = (*replies, say(given.responses.render("masked_hint")))
        outcome = _with_minor(turn, outcome)
        milliseconds = round((perf_counter() - begin) * 1000)
        return replace(outcome, replies=replies), Kept(self.name(), outcome.rule, milliseconds, tuple(answers))


def _with_minor(turn: Turn, outcome: Outcome) -> Outcome:
    memory = outcome.slots.get("memory") or turn.slots.get("memory") or {}
    kept = memory if turn.form_active else with_minor(memory, turn.text)
    kept = kept if outcome.rule == Move.CHANGE_REQUEST.value else without_undo(kept)
    return outcome if kept == memory else replace(outcome, slots={**outcome.slots, "memory": kept})


def _is_first(turn: Turn) -> bool:
    """Whether nothing was made of the message yet."""
    done = [one for one in turn.actions if one != FORM]
    return not turn.said and not done and turn.actions.count(FORM) <= 1
