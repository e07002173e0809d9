"""What looks like the wish for an appointment and is none, and a wish that looks like a no."""

from __future__ import annotations

import re

from clinic.dialogue.turns import BEYOND, Said

_WISH = re.compile(r"book|app?oi?nt|appt|session|slot|consult|see (?:you|him|her|the physio)", re.IGNORECASE)
_THEIR_NUMBER = re.compile(
    r"\b(?:(?:have|give|get|gimme|what'?s|what is|need|tell me) (?:\w+ )?(?:the|your|ur|their) |(?:the|your|ur) )"
    r"(?:phone |telephone |contact )?number to (?:ring|call|phone|dial)\b",
    re.IGNORECASE,
)  # "let me have the number to ring"
_NO = re.compile(
    r"\b(?:no|not|never|nah|nope|none|stop|without|(?:do|does|did|wo|ca|would|could|should|is|was)n'?t)\b",
    re.IGNORECASE,
)
_NOT_RUNG = re.compile(
    r"\b(?:can'?t|cannot|can not|don'?t|do not|no|not|never|hate)\b.*\b(?:phone|calls?|ring)", re.IGNORECASE
)
_WISHED = 0.8  # a surer guess needs none of these words


def only_looks_like_wish(said: Said) -> bool:
    """Whether it was guessed a wish without any word for one: "who help me in this weeks". A form begins on none."""
    unsure = said.intent == "book_appointment" and said.confidence < _WISHED
    return unsure and not (said.details or said.introduced or _WISH.search(said.text))


def refuses_call(text: str) -> bool:
    """Whether it speaks of being rung as what cannot be or is not wanted: "I can't take calls at work"."""
    return bool(_NOT_RUNG.search(text))


def asks_for_number(said: Said) -> bool:
    """Whether it is the clinic's number that is wanted, to ring it."""
    return not said.contact and bool(_THEIR_NUMBER.search(said.text))


def wishes_more_surely(said: Said, learned: str) -> bool:
    """Whether what looks like a no is the wish for an appointment: "now book an online one instead"."""
    wish = said.intent == "book_appointment" and said.trusted and not _NO.search(said.text)
    surely = said.confidence >= BEYOND and said.confidence > said.turns.get("talk", ("", 0.0))[1]
    return learned == "decline" and wish and surely
