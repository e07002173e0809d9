"""The moves of an open safety card, and its one reminder beside anything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.outcome import Outcome, leave_form
from actions.performing import Perform
from actions.said import said_of
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.card_replies import card_reply
from clinic.dialogue.offer import without_offer
from clinic.dialogue.reply import Button, say
from clinic.dialogue.routing import Move
from clinic.dialogue.state import OpenCard, State, told
from clinic.dialogue.state_slots import card_slot

GO_ON = Button("Go on with the request", say="Go on with my appointment request")


def with_reminder(turn: Turn, state: State, given: Services, outcome: Outcome) -> Outcome:
    """The outcome with the one reminder of an open card, where it speaks of something else."""
    card = state.card
    if card is None or card.reminded or not outcome.replies or "red_flag" in outcome.slots:
        return outcome
    reminder = given.fixed.reminder(card.name)
    slots = {**outcome.slots, "red_flag": card_slot(replace(card, reminded=True))}
    plain = tuple(without_offer(one) for one in outcome.replies if one.kind != "offer")
    return Outcome((reminder, *plain) if reminder else plain, slots, outcome.events)


def _card_again(turn: Turn, state: State, given: Services) -> Outcome:
    open_card = state.card or OpenCard("")
    card = given.fixed.card(open_card.name)
    if card is None:
        return Outcome((given.fixed.failure(),), {"red_flag": None})
    learned = said_of(turn).learned(state)
    reply, asked = card_reply(card, open_card, turn.text, given.responses, learned)
    slots = {"red_flag": card_slot(told(open_card, asked.value)), "awaiting": None}
    return Outcome((reply,), slots, leave_form() if turn.form_active else ())


def _close_card(turn: Turn, state: State, given: Services) -> Outcome:
    slots: dict[str, Any] = {"red_flag": None, "awaiting": "resume" if state.set_aside else None}
    slots["offer_declined"] = True  # nothing is sold to somebody who comes from an emergency; who asks for it has it
    if state.set_aside:
        return Outcome((say(given.responses.render("solved_aside"), GO_ON),), slots)
    return Outcome((say(given.responses.render("solved")),), slots)


MOVES_OF_CARDS: dict[Move, Perform] = {
    Move.CARD_AGAIN: _card_again,
    Move.CLOSE_CARD: _close_card,
}
