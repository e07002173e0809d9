"""The moves that answer a question about what was just asked or said, and change nothing."""

from __future__ import annotations

from actions.outcome import Outcome, back_to_form
from actions.performing import Perform
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.answer_replies import topic_buttons_of
from clinic.dialogue.reply import Reply, say
from clinic.dialogue.routing import Move
from clinic.dialogue.state import State


def _purpose(turn: Turn, state: State, given: Services) -> Outcome:
    name = "why_asked_callback" if turn.slots.get("service") == "callback" else "why_asked"
    return Outcome((say(given.responses.render(name)),), {}, back_to_form(turn))


def _callback_terms(turn: Turn, state: State, given: Services) -> Outcome:
    name = "human_handoff" if given.settings.service.booking_page else "callback_possible"
    return Outcome((say(given.responses.render(name)),), {}, back_to_form(turn))


def _other_cost(turn: Turn, state: State, given: Services) -> Outcome:
    buttons = topic_buttons_of(given.library.articles(), state.topic)
    return Outcome((Reply("not_covered", given.responses.render("other_cost"), buttons=buttons),))


MOVES_OF_ASIDES: dict[Move, Perform] = {
    Move.TELL_PURPOSE: _purpose,
    Move.TELL_CALLBACK: _callback_terms,
    Move.TELL_OTHER_COST: _other_cost,
}
