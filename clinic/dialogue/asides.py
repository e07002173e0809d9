"""Questions about what was just asked or said: what a detail is for, whether one could be rung, what a thing costs."""

from __future__ import annotations

import re

from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue.state import State
from clinic.dialogue.turns import BARE, LIKELY, Said

_PURPOSE = re.compile(
    r"\b(?:why|how come|what(?: on earth)? for|what(?=.*\bfor\b))\b.*\b(?:need|want|ask|require|have to give|use)\w*\b|"
    r"\bwhy (?:so many|all (?:these|this|the)|the|more) (?:questions?|details|interrogation|form)\b|"
    r"\bwhat(?:'s| is| are)\b.*\bfor\W*$|\b(?:is|are)\b.*\b(?:needed|necessary|required)\b|"
    r"\b(?:do|must) (?:i|we) (?:really |actually )?(?:have to |need to )?(?:give|say|tell|leave|type)\b",
    re.IGNORECASE,
)
_OF_DETAIL = re.compile(
    r"\b(?:e-?mails?|names?|numbers?|phone|mobile|address|contact|details?|questions?|form|"
    r"interrogation|that|this|it|know)\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:data|delete\w*|stor\w+|keep\w*|kept|shar\w+|sell\w*|pass\w*)\b", re.IGNORECASE)
_ONLY_ASKS = re.compile(
    r"\b(?:(?:just|only|merely) (?:asking|finding out|wonder(?:ing)?|curious|want(?:ed)? to know)|"
    r"out of (?:interest|curiosity)|hypothetically)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not|no) booking (?:anything |one |it )?(?:yet|today|now|for now|at the moment)\b", re.IGNORECASE
)
_WHOM = re.compile(r"^(?:(?:and|so|but|ok|okay|right|well)\W+)*(?:to |with )?who(?:m|se|'s|s)?\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this|it|those|these|one|they|them)\b", re.IGNORECASE)
_APPOINTMENT = re.compile(r"\b(?:appointments?|sessions?|consultations?|booking|book|chat)\b", re.IGNORECASE)
_PAID_FOR = frozenset({"treatment", "diagnosis"})
_COSTS = ("ask_price", "ask_other_cost")


def asks_purpose(state: State, said: Said) -> bool:
    """Whether it asks, inside the form, what a detail is needed for: "why do you need an email", or a bare "why" where
    nothing else was asked there. What is kept of it and who sees it is the privacy notice's.
    """
    if said.means("follow_up_why") and len(said.text.split()) <= BARE and not state.asides:
        return True
    asks = is_question(said.text) and bool(_PURPOSE.search(said.text) and _OF_DETAIL.search(said.text))
    return asks and not said.details and not _KEPT.search(said.text)


def only_asks_ring(said: Said) -> bool:
    """Whether being rung is only asked about: "could I be rung instead, just asking"."""
    kind, share = said.turns.get("talk", ("", 0.0))
    rings = said.means("request_callback") or (kind == "callback" and share >= LIKELY)
    return rings and not said.details and bool(_ONLY_ASKS.search(said.text))


def only_asks_booking(said: Said) -> bool:
    """Whether booking is only asked about: "just finding out, how does one go about booking"."""
    wish = said.means("book_appointment") and not said.details
    return wish and is_question(said.text) and bool(_ONLY_ASKS.search(said.text) or _NOT_YET.search(said.text))


def asks_cost_of_answer(state: State, said: Said) -> bool:
    """Whether "how much is that" asks for the price of what the articles were just quoted on: an injection, a scan."""
    sources = (state.last_answer or {}).get("sources") or ()
    of_answer = any(one.get("aspect") in _PAID_FOR for one in sources) and not state.of_clinic
    refers = bool(_THAT.search(said.text)) and not _APPOINTMENT.search(said.text)
    return of_answer and refers and not said.named and said.means(*_COSTS)


def asks_whom_to_complain(state: State, said: Said) -> bool:
    """Whether "who should I speak to about it" follows a complaint; "who gets it" and "who is the physio" ask on."""
    of_it = bool(_THAT.search(said.text)) if said.intent == "ask_who" else not said.asks_articles
    return state.complained and of_it and not said.named and bool(_WHOM.search(said.text.strip()))
