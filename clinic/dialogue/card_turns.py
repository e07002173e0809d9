"""Which kind of turn a message is while an urgent card is open."""

from __future__ import annotations

import re

from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue import cues
from clinic.dialogue.clinic_facts import FACT_INTENTS
from clinic.dialogue.state import State
from clinic.dialogue.turns import Kind, Said

# With a card open, these are still what they are.
_STAYS = frozenset(
    [
        "privacy",
        "delete_my_data",
        "bot_challenge",
        "request_callback",
        "language",
        "what_can_you_do",
        "cancel_appointment",
    ]
)
# "Who would I even talk to" is asked of the card, "can I talk to reception" of the clinic.
_OF_CLINIC = re.compile(
    r"\b(?:clinics?|recept\w*|physio\w*|office|desk|you|your|yours|staff|team|here|human|person|people|somebody|someone)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:that|this|it)\b", re.IGNORECASE)
CARD = "card_"  # the learned kinds about a card begin with it


def says_dealt_with(said: Said, state: State, least: float = 0.5) -> bool:
    """Whether the matter of the open card is in good hands. Feeling better is not; nor is a help that did not come."""
    if cues.not_yet(said.text):
        return False
    return cues.dealt_with(said.text) or said.learned(state, least) == "dealt_with"


def with_card(state: State, said: Said) -> Kind | None:
    """The kind; None where it is what it would be without a card."""
    if says_dealt_with(said, state):
        return Kind.DEALT_WITH
    learned = said.learned(state)
    stays = said.intent in _STAYS or (said.intent == "human_handoff" and bool(_OF_CLINIC.search(said.text)))
    if stays and said.trusted and not learned and cues.card_question(said.text) is None:
        return Kind.PLAIN
    moved_on = bool(state.card and state.card.reminded)
    if said.named and said.asks_articles and is_question(said.text) and not _PRONOUN.search(said.text):
        return None
    if learned.startswith(CARD) and not (said.named and moved_on):
        of_clinic = said.trusted and said.intent in (*FACT_INTENTS, "ask_about_article", "ask_price", "ask_payment")
        return None if of_clinic and learned not in ("card_wait", "card_meanwhile") else Kind.ABOUT_CARD
    return None if _is_other_question(said, moved_on=moved_on) else Kind.ABOUT_CARD


def _is_other_question(said: Said, *, moved_on: bool) -> bool:
    """Whether a message plainly asks something else than about the card; once it did, "it" is that other thing."""
    if said.means(*FACT_INTENTS, "ask_about_article"):
        return cues.card_question(said.text) is None
    if not said.asks_articles:
        return False
    if said.intent in ("ask_price", "ask_who", "ask_online", "ask_payment"):
        return cues.card_question(said.text) in (None, cues.CardQuestion.BOOK)
    asked_of_card = cues.card_question(said.text) is not None or (
        _PRONOUN.search(said.text) and not said.named and not moved_on
    )
    return is_question(said.text) and not asked_of_card and said.intent != "ask_medication"
