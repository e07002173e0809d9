"""A red flag's card, before everything else."""

from __future__ import annotations

from actions.base import Outcome, ReplyingAction, leave_form
from actions.request_slots import set_aside_slots
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.reply import say
from clinic.dialogue.state import OpenCard
from clinic.dialogue.state_slots import card_slot


class ActionUrgent(ReplyingAction):
    """Gives the flag's fixed card; a request under way is set aside."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_urgent"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The card alone: no answer and no offer in the same turn."""
        card = given.fixed.urgent(turn.red_flag)
        if card is None:
            raise LookupError(f"no card for the red flag {turn.red_flag!r}")
        slots = {"red_flag": card_slot(OpenCard(turn.red_flag)), "awaiting": None}
        if not turn.form_active:
            return Outcome((card,), slots)
        aside = {**set_aside_slots(turn.slots), **slots}
        return Outcome((card, say(given.responses.render("form_set_aside"))), aside, leave_form())
