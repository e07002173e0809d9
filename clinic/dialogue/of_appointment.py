"""What a few words ask of the appointment, or of the clinic, where that was spoken of last."""

from __future__ import annotations

import re

from clinic.dialogue.clinic_facts import LASTING, LENGTH
from clinic.dialogue.follow_turns import BARE_WORDS
from clinic.dialogue.small_talk import OF_CLINIC
from clinic.dialogue.state import Awaiting, Phase, State
from clinic.dialogue.turns import BARE, BEYOND, SURELY, Kind, Said

_WHO_WITH = re.compile(
    r"^(?:(?:and|so|ok|with)\W+)*(?:who(?:m|s|'s)?|with whom)(?: is (?:it|that))?(?: with)?\W*$", re.IGNORECASE
)


def of_appointment(state: State, said: Said) -> Kind | None:
    """What a few words ask of the appointment where that was spoken of last: "how long is it", "who with"."""
    if _asks_on_of_clinic(state, said):
        return Kind.FURTHER_FACT
    if (state.awaiting is Awaiting.OFFER or state.of_clinic) and _asks_length(state, said):
        return Kind.CLINIC_FACT
    return Kind.WITH_WHOM if state.of_clinic and _WHO_WITH.search(said.text.strip()) else None


def asks_whom(state: State, said: Said) -> bool:
    """Whether "ok who do I ask", or "why tho", follows what only the clinic can tell."""
    asks = state.of_clinic and not state.last_answer and said.intent != "ask_who" and not _WHO_WITH.search(said.text)
    learned = said.learned(state, SURELY) if asks else ""
    return learned == "who" or (learned == "why" and len(said.text.split()) <= BARE)


def asks_where_of_answer(state: State, said: Said) -> bool:
    """Whether "where tho" asks on from an answer of the articles, not for the clinic's street."""
    bare = said.intent == "ask_location" and len(said.text.split()) <= BARE
    return bare and bool(state.last_answer) and not state.of_clinic


_LASTS = re.compile(r"\b(?:how long|how many|length|minutes?|last)\b", re.IGNORECASE)


def _asks_length(state: State, said: Said) -> bool:
    """Whether "how long does it last" may be asked of the appointment, where that was spoken of last."""
    lasting = said.intent in LASTING and not said.named and bool(_LASTS.search(said.text))
    return lasting and (LENGTH in said.guesses or (state.of_clinic and not state.last_answer))


OF_REQUEST = frozenset({"appointment_status", "change_appointment", "cancel_appointment"})
"""What is asked of a request, or done with it."""
_ON = OF_CLINIC | {"privacy"}
_WORDS = BARE_WORDS | {"follow_up_who", "follow_up_then"}
_HINT = 0.3  # a share of a kind that is to be ruled out
_SAYS_SO = frozenset({"remark", "closing", "decline", "takes_up", "grumble", "more", "simpler"})


def _asks_on_of_clinic(state: State, said: Said) -> bool:
    """Whether a few words behind what was told of the clinic ask on of it: "and sundays", "and who can read it".

    Only where they are no sure question or small talk by themselves.
    """
    intent, share = said.behind
    if not state.of_clinic or intent not in _ON or share < SURELY or said.intent in OF_REQUEST:
        return False
    if state.phase is Phase.SENT and said.learned(state, _HINT):
        return False  # what was sent comes first
    sure = said.intent in _ON or (said.trusted and said.intent not in _WORDS and said.confidence >= BEYOND)
    return not sure and said.learned(state, SURELY) not in _SAYS_SO and not said.contact and not said.named
