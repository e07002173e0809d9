"""Which kind of turn a message is after a request was sent, or put aside."""

from __future__ import annotations

import re

from clinic.appointments.form.speech_acts import is_question
from clinic.appointments.form.times import named_times
from clinic.dialogue import request_cues
from clinic.dialogue.clinic_facts import FACT_INTENTS
from clinic.dialogue.state import Awaiting, State
from clinic.dialogue.turns import BEYOND, Kind, Said

_CANCELS = re.compile(r"\b(?:cancel|withdraw)", re.IGNORECASE)
_CANCEL_IT = re.compile(r"\b(?:cancel|withdraw)\b", re.IGNORECASE)  # not "my class was cancelled"
_ADDS = re.compile(
    r"^(?:(?:please|can you|could you|would you|will you|also|and|oh|sorry|just)\W+)*"
    r"(?:add|note|mention|put down|write) that\b",
    re.IGNORECASE,
)
_REQUESTED = re.compile(r"\b(?:request|sent|reference|booked|ring|call|mail|e-?mail)\w*\b", re.IGNORECASE)
_POLITE = ("thanks", "goodbye", "feedback_positive")
_REFERENCE = re.compile(r"\b(?:reference|ref)\b", re.IGNORECASE)
_STAYS = re.compile(r"\b(?:keep|leave|stay|stays|stand|stands)\b", re.IGNORECASE)
_KEEPS = re.compile(r"\b(?:(?:do|did|was|should)n'?t|not|no|never|without|instead of)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|whether|unless|suppose|in case|may|might|ever|when|once|before|later)\b", re.IGNORECASE)
_OF_REQUEST = {
    "cancel": Kind.CANCEL,
    "correction": Kind.CORRECTION,
    "about_request": Kind.ABOUT_REQUEST,
    "keep": Kind.KEEP,
    "pleased": Kind.THANKS,
    "another": Kind.TAKES_UP,
}


def after_sending(state: State, said: Said) -> Kind | None:
    """The kind where a request waits at the clinic; None where it is what it would be without one."""
    learned = said.learned(state)
    if state.awaiting is Awaiting.WITHDRAWAL:
        return _answers_cancelling(state, said, learned)
    if (state.awaiting is Awaiting.DETAIL and said.details) or request_cues.wrong_detail(said.text):
        return Kind.CORRECTION
    if _says_cancel(said) or wants_none(said) or _wants_no_more(said):
        return Kind.CANCEL
    if _ADDS.search(said.text):
        return Kind.CORRECTION
    if _REFERENCE.search(said.text) and is_question(said.text):
        return Kind.ABOUT_REQUEST
    if learned in _OF_REQUEST:
        return None if _only_looks_so(state, said) else _of_learned(said, learned)
    if said.contact and not said.books and learned != "callback":
        return Kind.CORRECTION  # a new address or number without a new wish is for the request that waits
    if said.means("cancel_appointment", "stop") and not is_question(said.text) and not learned:
        return Kind.CANCEL
    if said.means("appointment_status") or (state.of_clinic and said.means("follow_up_then")):
        return Kind.ABOUT_REQUEST
    return Kind.CORRECTION if said.details and request_cues.may_change(said.text) else None


def _only_looks_so(state: State, said: Said) -> bool:
    """Whether it is no word on the request: "thanks, that was easier than the ferry", "is it online, remind me"."""
    learned = said.learned(state)
    if learned == "correction":
        return said.means(*_POLITE) and not said.details and not said.learned(state, BEYOND)
    of_clinic = said.means("ask_online", *FACT_INTENTS) and not _REQUESTED.search(said.text)
    return learned == "about_request" and of_clinic


def _of_learned(said: Said, learned: str) -> Kind:
    """The kind that was learned; "I'm not cancelling, but could I still cancel later?" asks, and keeps nothing."""
    asks = learned == "keep" and is_question(said.text) and _CANCELS.search(said.text)
    return Kind.TAKING_BACK if asks else _OF_REQUEST[learned]


_SENTENCES = re.compile(
    r"(?<=[.!?])\s+|\n+|(?:,\s+(?:(?:and|also|but)\s+)?|\s+(?:and|also|but)\s+)"
    r"(?=(?:what|how|who|when|where|which|why|is|are|do|does|can|could)\b)",
    re.IGNORECASE,
)
_IT = r"(?:(?:an?|any|the|that|this|my) )?(?:appointment|booking|session|consultation|it|that|one)\b"
_NONE = re.compile(
    rf"\b(?:no (?:appointment|booking)\b|no need (?:to|for)\b[^.?!]*\b(?:appointment|booking)\b|"
    rf"(?:do|did)(?:n'?t| not) (?:want|need) {_IT}|"
    rf"(?:won'?t|will not|'ll no|'ll not|no longer|not going to|not gonna|no gonna) (?:be )?need(?:ing)? {_IT}|"
    rf"(?:no|not|shan'?t|won'?t) (?:be )?(?:need|want|requir)(?:ing|e)? {_IT})",
    re.IGNORECASE,
)
# "It" and nothing else of it: "I don't need it any more at nine, ten is better" is another time.
_NO_LONGER = re.compile(
    rf"\bno longer (?:need|want|require) {_IT}|(?:{_NONE.pattern})\W+(?:any ?more|any longer|after all|now)\b",
    re.IGNORECASE,
)
_BOOKS = re.compile(r"\b(?:book\b|(?:make|arrange|get|sign|put) (?:me|us|it|an?|one|him|her|them)\b)", re.IGNORECASE)


def says_book(text: str) -> bool:
    """Whether it says in so many words that something is to be booked."""
    return bool(_BOOKS.search(text))


def wants_none(said: Said) -> bool:
    """Whether what looks like the wish for an appointment says that none is wanted."""
    none = _NONE.search(said.text.replace("’", "'"))
    return said.means("book_appointment") and bool(none) and not says_book(said.text) and not is_question(said.text)


def _wants_no_more(said: Said) -> bool:
    """Whether what was sent is wanted no longer, whatever else it may look like: it is asked about before it goes."""
    text = said.text.replace("’", "'")
    return bool(_NO_LONGER.search(text)) and not named_times(text) and not is_question(text)


def _says_cancel(said: Said) -> bool:
    """Whether it says in so many words that it is to be cancelled, which is asked about before it is done."""
    told = any(
        _CANCEL_IT.search(one) and not (_KEEPS.search(one) or _IF.search(one)) and not is_question(one)
        for one in _SENTENCES.split(said.text)
    )
    return told and not said.contact


def keeps(awaiting: Awaiting, said: Said) -> bool:
    """Whether it is a "no" to cancelling: a request is never lost to one that may mean either."""
    no = said.text.lower().startswith("no") and not _CANCELS.search(said.text)
    return no and awaiting is Awaiting.WITHDRAWAL


def _answers_cancelling(state: State, said: Said, learned: str) -> Kind | None:
    """What follows "shall I cancel it?": yes, no, or something else altogether."""
    if keeps(state.awaiting, said):
        return Kind.KEEP
    if _says_cancel(said) and not _STAYS.search(said.text):
        return Kind.CANCEL_NOW
    if learned in ("cancels_it", "keeps_it"):
        return Kind.CANCEL_NOW if learned == "cancels_it" else Kind.KEEP
    cancels = learned == "cancel" or said.means("cancel_appointment")
    if cancels or said.intent == "affirm":
        return Kind.CANCEL_NOW
    return Kind.KEEP if said.intent in ("deny", "stop") or learned in ("keep", "decline") else None


def with_aside(state: State, said: Said) -> Kind | None:
    """The kind where a request was put aside; None where it is what it would be without one."""
    if said.learned(state) == "go_on" or said.means("resume_request"):
        return Kind.GO_ON
    offered = state.awaiting is Awaiting.RESUME and said.intent in ("affirm", "read_more")
    return Kind.GO_ON if offered else None
