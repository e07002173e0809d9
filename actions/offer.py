"""The online appointment, offered after an answer."""

from __future__ import annotations

from actions.base import Outcome, ReplyingAction
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.offer import offer_reply, should_offer


class ActionOffer(ReplyingAction):
    """Offers once a topic, never after a no, never with a red flag open."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_offer"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The offer, or nothing."""
        topic = turn.topic.article if turn.topic else ""
        offered = tuple(turn.slots.get("offered_topics") or ())
        declined = bool(turn.slots.get("offer_declined")) or bool(turn.slots.get("red_flag")) or turn.form_active
        if not should_offer(turn.said, topic, offered, declined=declined):
            return Outcome()
        reply = offer_reply(given.settings, given.responses)
        return Outcome((reply,), {"offered_topics": [*offered, topic], "awaiting": "offer"})
