"""Which kind of turn a message is: what the engine learned of turns and intents, and a few strict lists of words."""

from __future__ import annotations

import re

from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue.asides import asks_purpose, only_asks_ring
from clinic.dialogue.card_turns import with_card
from clinic.dialogue.clinic_facts import FACT_INTENTS
from clinic.dialogue.request_turns import after_sending, keeps, with_aside
from clinic.dialogue.state import Awaiting, Phase, State
from clinic.dialogue.talk_turns import asks_whether, in_talk, of_clinic
from clinic.dialogue.turns import LIKELY, SURELY, Kind, Said


def classify(state: State, said: Said) -> Kind:
    """Which kind of turn a message is."""
    wish = said.intent == "delete_my_data" and is_believed(said) and not _meant_else(state, said)
    of_request = keeps(state.awaiting, said) or _cancels(state, said) or _takes_request_back(state, said)
    if state.awaiting is Awaiting.ERASURE or (wish and not of_request):
        return Kind.PLAIN
    readers = {Phase.CARD: with_card, Phase.FORM: _in_form, Phase.SENT: after_sending, Phase.ASIDE: with_aside}
    reader = readers.get(state.phase)
    found = (reader(state, said) if reader else None) or in_talk(state, said)
    erases_nothing = said.intent == "delete_my_data" and said.trusted and not _erases(said.text)
    return Kind.NOISE if erases_nothing and found is Kind.PLAIN and state.phase is not Phase.FORM else found


_DATA = re.compile(
    r"\b(?:data|chat|conversation|messages?|history|details|info\w*|everything|records?|gdpr|me|wrote|said|typed|"
    r"delete|erase|wipe|forget|clear|remove)\b",
    re.IGNORECASE,
)


_LEAVES_IT = re.compile(r"\bforget (?:about )?(?:it|that|this)\b", re.IGNORECASE)  # the matter, not the chat


def is_believed(said: Said) -> bool:
    """Whether an intent counts: one to erase must speak of what is kept, "I don't give out my email" does not."""
    return said.trusted and (said.intent != "delete_my_data" or _erases(said.text))


def _erases(text: str) -> bool:
    """Whether it is the chat that is to be erased; "can I take it back" is about the request."""
    return bool(_DATA.search(_LEAVES_IT.sub(" ", text)))


_CHAT = re.compile(r"\b(?:data|chat|conversation|messages?|history|everything)\b", re.IGNORECASE)


def _cancels(state: State, said: Said) -> bool:
    """Whether "yes delete" answers whether to cancel the request, and speaks of nothing else."""
    asked = state.awaiting is Awaiting.WITHDRAWAL
    return asked and said.learned(state) == "cancels_it" and not _CHAT.search(said.text)


_REQUEST = re.compile(r"\b(?:request|appointment|booking|callback|call)\b", re.IGNORECASE)


def _takes_request_back(state: State, said: Said) -> bool:
    """Whether it is the request that is to go, and not the chat: "please delete my request"."""
    of_request = _REQUEST.search(said.text) and not _CHAT.search(said.text)
    return state.phase is Phase.SENT and bool(of_request) and said.learned(state, SURELY) == "cancel"


_ASIDES = frozenset({*FACT_INTENTS, "doubt_clinician", "ask_about_article", "ask_about_booking"})


def _meant_else(state: State, said: Said) -> bool:
    """Whether the turn was learned surely where the intent is only likely: "show me all that I sent"."""
    return said.confidence < LIKELY and bool(said.learned(state, SURELY))


_WHAT_NEXT = ("read_more", "follow_up_then")


def _in_form(state: State, said: Said) -> Kind | None:
    if asks_purpose(state, said) and not (said.person and state.requested_slot == "name"):
        return Kind.PURPOSE
    if only_asks_ring(said):
        return Kind.ONLY_ASKS_RING
    if not said.details and said.parts > 1 and is_question(said.text):
        return Kind.SEVERAL
    if not said.details and said.means(*_WHAT_NEXT) and is_question(said.text):
        return Kind.ABOUT_BOOKING  # of the request, not of the article
    if not said.details and said.intent in _ASIDES and is_question(said.text):
        return of_clinic(said) or Kind.PLAIN
    if asks_whether(state, said):
        return Kind.TAKING_BACK
    return Kind.PLAIN
