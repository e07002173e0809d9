"""Small talk, and facts of the clinic."""

from __future__ import annotations

from typing import Any

from actions.base import Outcome, ReplyingAction, back_to_form
from actions.card_moves import with_reminder
from actions.details import begins_request
from actions.outcome import begin_request
from actions.second_thought import answered_instead
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.offer import without_offer
from clinic.dialogue.small_talk import clinic_fact, small_talk
from clinic.dialogue.state_slots import memory_slot

# What is promised to be noted for staff.
NOTED = frozenset({"complaint", "feedback_negative"})
_KEPT = {"complaint": {"complained": 1}, "privacy": {"of_clinic": 1}}  # what the next message may lean on


class ActionSmallTalk(ReplyingAction):
    """The sentence written for the intent."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_small_talk"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """One sentence; a red flag said to be solved is closed."""
        if begins_request(turn):
            return begin_request()
        if known := answered_instead(turn, given):
            return known
        reply = small_talk(turn.intent, given.responses, given.library.articles())
        if turn.intent in NOTED:
            given.follow_ups.note(turn.conversation_id, turn.intent)
        slots: dict[str, Any] = {"red_flag": None} if turn.intent == "solved" else {}
        if turn.intent in _KEPT:
            slots["memory"] = memory_slot(turn.state(), **_KEPT[turn.intent])
        if turn.intent == "human_handoff" and not turn.form_active:
            slots["awaiting"] = "contact"
        return Outcome((reply,), slots, back_to_form(turn))


class ActionFact(ReplyingAction):
    """Price, clinician, online, payment."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_fact"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The fact from settings, or the article that knows the question better."""
        if known := answered_instead(turn, given, fact=True):
            return known
        slots: dict[str, Any] = {"memory": memory_slot(turn.state(), of_clinic=1)}
        slots |= {} if turn.form_active else {"awaiting": "offer"}
        reply = clinic_fact(turn.intent, given.responses, given.settings)
        reply = without_offer(reply) if turn.form_active else reply  # the request is being made already
        return with_reminder(turn, turn.state(), given, Outcome((reply,), slots, back_to_form(turn)))
