"""Which kind of turn a message is while nothing is open, or where what is open leaves it: wishes, facts, remarks."""

from __future__ import annotations

import re

from clinic.appointments.form.saying import books_for_minor
from clinic.appointments.form.speech_acts import asks_for_appointment, asks_to_be_booked, ends_asking, is_question
from clinic.dialogue import cues, remarks
from clinic.dialogue.asides import asks_cost_of_answer, asks_whom_to_complain, only_asks_booking, only_asks_ring
from clinic.dialogue.clinic_facts import FACT_INTENTS, TERMS
from clinic.dialogue.follow_turns import of_articles
from clinic.dialogue.of_appointment import OF_REQUEST, asks_where_of_answer, asks_whom, of_appointment
from clinic.dialogue.request_turns import says_book, wants_none
from clinic.dialogue.state import Awaiting, Phase, State
from clinic.dialogue.turns import BEYOND, LIKELY, SURE, SURELY, Kind, Said
from clinic.dialogue.wishes import asks_for_number, only_looks_like_wish, wishes_more_surely


def of_clinic(said: Said) -> Kind | None:
    """What is asked of the clinic, its articles and other clinicians; None for anything else."""
    if said.means("doubt_clinician"):
        return Kind.OTHER_CLINICIAN
    if said.means("ask_about_article"):
        return Kind.ABOUT_ARTICLE
    if said.means(*FACT_INTENTS):
        return Kind.CLINIC_FACT
    return Kind.ABOUT_BOOKING if said.means("ask_about_booking") else None


def in_talk(state: State, said: Said) -> Kind:
    """The kind where nothing that is open claims the message."""
    if remarks.is_noise(said.text) or said.means("test_message"):
        return Kind.NOISE
    if wish := _among_questions(said):
        return wish
    books = said.books or books_for_minor(said.text)
    if books and not said.red_flag and not _books_not(state, said):
        return Kind.TAKES_UP
    if said.parts > 1 and not (said.rings or _surely_rings(state, said)):
        return Kind.SEVERAL
    if (clinics := of_clinic(said)) and not asks_where_of_answer(state, said):
        return clinics
    if found := of_appointment(state, said):
        return found
    if wish := _of_request(state, said):
        return wish
    if (said.intent == "affirm" and state.awaiting is Awaiting.PERSON) or asks_whom(state, said):
        return Kind.PERSON
    if _asks_what_became(state, said):
        return Kind.ABOUT_REQUEST
    return _learned_in_talk(state, said) or (Kind.NO_WISH if only_looks_like_wish(said) else of_articles(state, said))


def _among_questions(said: Said) -> Kind | None:
    """What goes before several questions: the wish to be rung or, beside a name or an address, to be seen; and the
    doubt whether somebody who treats the visitor is wrong, which no article settles.
    """
    if cues.doubts_clinician(said.text):
        return Kind.OTHER_CLINICIAN
    if said.parts < 2:
        return None
    if (said.contact or said.introduced or asks_to_be_booked(said.text)) and said.books_beside:
        return Kind.BOOKS_AND_ASKS
    return Kind.RINGS_AND_ASKS if said.rings_beside else None


_TO_KNOW = re.compile(
    r"\b(?:tell me|let me know|to know|know (?:about|how|what|who|with whom|whether))\b", re.IGNORECASE
)


def _surely_rings(state: State, said: Said) -> bool:
    """Whether the whole of several sentences was surely read as the wish to be rung."""
    return said.means("request_callback") and said.learned(state, BEYOND) == "callback"


def _books_not(state: State, said: Said) -> bool:
    """Whether it was learned as something else than the wish that stands beside a name or a number."""
    rung = said.learned(state) == "callback" and not asks_for_appointment(said.text)
    return rung or said.learned(state, BEYOND) in ("decline", "about_booking")


def _of_request(state: State, said: Said) -> Kind | None:
    if wants_none(said):
        return Kind.DECLINE
    if state.over and is_question(said.text) and _asks_what_became(state, said):
        return Kind.ABOUT_REQUEST  # "so nobody is going to ring me then?"
    if said.means("book_appointment") and _TO_KNOW.search(said.text) and not says_book(said.text):
        return Kind.ABOUT_BOOKING  # "I should be obliged to know with whom a consultation would be held"
    if only_asks_booking(said):
        return Kind.ABOUT_BOOKING
    if asks_whether(state, said):
        return Kind.TAKING_BACK
    if asks_cost_of_answer(state, said):
        return Kind.OTHER_COST
    if asks_whom_to_complain(state, said):
        return Kind.COMPLAINS
    if only_asks_ring(said):
        return Kind.ONLY_ASKS_RING
    rings = said.means("request_callback") or said.learned(state) == "callback" or said.rings
    if rings and asks_for_number(said):
        return Kind.PERSON
    rings = rings and said.learned(state, SURELY) != "closing"  # "right, I'll give them a bell"
    return Kind.CALLBACK if rings else None


def asks_whether(state: State, said: Said) -> bool:
    """Whether it asks, before anything was sent, if one could change or cancel later: "can I still change it after"."""
    kind, share = said.turns.get("talk", ("", 0.0))
    learned = kind == "about_booking" and share >= LIKELY
    none_sent = state.phase is not Phase.SENT and not state.over
    return learned and none_sent and said.intent in OF_REQUEST | {TERMS} and is_question(said.text)


_SENT = re.compile(r"\b(?:request|sent|submitted|gone|kept|stored|went)\b", re.IGNORECASE)


def _asks_what_became(state: State, said: Said) -> bool:
    """Whether it asks after a request where none waits: one that is over, or that was never sent."""
    name, share = said.turns.get("sent", ("", 0.0))
    asks = (name == "about_request" and share >= SURE) or said.intent == "appointment_status"
    return asks and state.phase is Phase.TALK and (state.over or bool(_SENT.search(said.text)))


_SAYS = {"takes_up": Kind.TAKES_UP, "decline": Kind.DECLINE, "closing": Kind.CLOSING, "remark": Kind.REMARK}
_BEFORE_QUESTION = ("remark", "closing")  # "sorry, that was the cat. can it ache when sitting"
_TOLD_SO = frozenset({"complaint", "abuse", "feedback_negative"})  # what is answered with the phone anyhow


def _learned_in_talk(state: State, said: Said) -> Kind | None:
    learned = said.learned(state)
    asks = is_question(said.text) and (said.asks_articles or (learned in _BEFORE_QUESTION and ends_asking(said.text)))
    if learned in _SAYS and not said.details and not asks and not wishes_more_surely(said, learned):
        return _SAYS[learned]
    if learned == "grumble" and not (said.trusted and said.intent in _TOLD_SO):
        return Kind.GRUMBLE
    if learned == "about_booking" and not said.details and not said.asks_articles:
        books = said.intent == "book_appointment"
        if books and said.trusted and not said.learned(state, said.confidence):
            return None  # a trainer who teaches it as a wish is to be understood: the surer guess counts
        wish = books and said.confidence > LIKELY and not is_question(said.text)
        surely = bool(said.learned(state, SURELY))
        return Kind.ABOUT_BOOKING if surely or (is_question(said.text) and not wish) else None
    return None
