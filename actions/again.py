"""The last answer again, and the rest of its section."""

from __future__ import annotations

from actions.base import Outcome, ReplyingAction, back_to_form
from actions.second_thought import answered_instead
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.answer_replies import whole_section
from clinic.dialogue.reply import reply_from_json, say


class ActionReadMore(ReplyingAction):
    """The rest of the section that was quoted last."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_read_more"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The whole section, or that there is no more."""
        if known := answered_instead(turn, given):
            return known
        last = turn.slots.get("last_answer")
        if not last:
            return Outcome((say(given.responses.render("repeat_nothing")),), {}, back_to_form(turn))
        return Outcome((whole_section(reply_from_json(last, new_id=True)),), {}, back_to_form(turn))


class ActionRepeat(ReplyingAction):
    """The last answer again."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_repeat"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The same words under a new id."""
        if known := answered_instead(turn, given):
            return known
        last = turn.slots.get("last_answer")
        if not last:
            return Outcome((say(given.responses.render("repeat_nothing")),), {}, back_to_form(turn))
        return Outcome((reply_from_json(last, new_id=True),), {}, back_to_form(turn))
