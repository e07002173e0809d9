"""The moves that tell what the clinic's settings say."""

from __future__ import annotations

from dataclasses import replace

from actions.outcome import Outcome, back_to_form
from actions.performing import Perform
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.clinic_facts import FACT_INTENTS, LENGTH, TERMS
from clinic.dialogue.routing import Move
from clinic.dialogue.small_talk import ABOUT_BOOKING, OF_CLINIC, clinic_fact, small_talk
from clinic.dialogue.state import State
from clinic.dialogue.state_slots import memory_slot


def _fact(turn: Turn, state: State, given: Services) -> Outcome:
    intent = turn.intent if turn.intent in FACT_INTENTS else LENGTH
    reply = clinic_fact(intent, given.responses, given.settings)
    return Outcome((reply,), {"memory": memory_slot(state, of_clinic=1)}, back_to_form(turn))


def _further(turn: Turn, state: State, given: Services) -> Outcome:
    intent = next(iter(turn.readings["behind"]))
    slots = {"memory": memory_slot(state, of_clinic=1)}
    if intent == "privacy":
        return Outcome((small_talk(intent, given.responses, ()),), slots)
    return Outcome((clinic_fact(intent, given.responses, given.settings),), slots)


def _with_whom(turn: Turn, state: State, given: Services) -> Outcome:
    slots = {"awaiting": "offer", "memory": memory_slot(state, of_clinic=1)}
    return Outcome((clinic_fact("ask_who", given.responses, given.settings),), slots)


def _about_booking(turn: Turn, state: State, given: Services) -> Outcome:
    known = turn.trusted and turn.intent in OF_CLINIC  # a learned turn may have any intent
    intent = turn.intent if known else ABOUT_BOOKING
    reply = clinic_fact(intent, given.responses, given.settings)
    if turn.form_active:
        return Outcome((replace(reply, buttons=()),), {}, back_to_form(turn))
    return Outcome((reply,), {"awaiting": "offer", "memory": memory_slot(state, of_clinic=1)})


def _terms(turn: Turn, state: State, given: Services) -> Outcome:
    reply = clinic_fact(TERMS, given.responses, given.settings)
    return Outcome((reply,), {"memory": memory_slot(state, of_clinic=1)}, back_to_form(turn))


MOVES_OF_FACTS: dict[Move, Perform] = {
    Move.TELL_FACT: _fact,
    Move.TELL_FURTHER: _further,
    Move.TELL_WHOM: _with_whom,
    Move.TELL_BOOKING: _about_booking,
    Move.TELL_TERMS: _terms,
}
