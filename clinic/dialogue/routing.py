"""What a message means where the conversation stands: the only place that may overrule an intent.

`classify` says which kind of turn a message is, `MOVES` what follows from it in each phase. What the table does not
name goes on as it was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue import cues, remarks
from clinic.dialogue.clinic_facts import FACT_INTENTS, LENGTH
from clinic.dialogue.state import Awaiting, Phase, State
from clinic.knowledge.model import Answer, Verdict

KNOWN = 0.8  # how well the articles must know the question
BETTER = 0.45  # and by how much better than the small talk was guessed
LIKELY = 0.5  # a guess at least as sure as this counts, though it is not trusted
BARE = 3  # words; "more" goes on, "show me the rest of that section" is the section


class Kind(Enum):
    """What a turn is, where the conversation stands."""

    ABOUT_CARD = "about the card"
    DEALT_WITH = "says that it is dealt with"
    GO_ON = "goes on with what was put aside"
    CANCEL = "takes a sent request back"
    KEEP = "keeps the request after all"
    CORRECTION = "corrects a sent request"
    ABOUT_REQUEST = "asks about the request"
    CALLBACK = "asks to be rung"
    CLINIC_FACT = "asks about the clinic"
    ABOUT_BOOKING = "asks about booking"
    OTHER_CLINICIAN = "doubts another clinician"
    ABOUT_ARTICLE = "asks about the article itself"
    FOLLOW_UP = "continues the last answer"
    TELLING = "only tells"
    NOISE = "no words"
    SEVERAL = "several things at once"
    PERSON = "takes up the offer of a person"
    PLAIN = "as understood"


class Move(Enum):
    """What the assistant does next."""

    AS_UNDERSTOOD = "as understood"
    CARD_AGAIN = "the card's own lines"
    CLOSE_CARD = "the card is closed"
    RESUME = "the request goes on"
    ASK_CANCEL = "asks whether to cancel"
    KEEP_REQUEST = "the request stands"
    CHANGE_REQUEST = "the sent request is changed"
    TELL_REQUEST = "what is stored of the request"
    BEGIN_CALLBACK = "a callback request begins"
    TELL_FACT = "the fact, or the phone"
    TELL_BOOKING = "what an appointment is; no form"
    NO_JUDGEMENT = "judges no other clinician"
    TELL_ARTICLE = "who wrote the article, and when"
    CONTINUE = "goes on from the last answer"
    ACKNOWLEDGE = "takes note, asks what to look up"
    NOT_UNDERSTOOD = "says that it did not understand"
    ANSWER_EACH = "an answer each, in their order"
    GIVE_PERSON = "how to reach a person"


_EVERYWHERE = {
    Kind.CLINIC_FACT: Move.TELL_FACT,
    Kind.OTHER_CLINICIAN: Move.NO_JUDGEMENT,
    Kind.ABOUT_ARTICLE: Move.TELL_ARTICLE,
}
_OUTSIDE_FORM = {
    **_EVERYWHERE,
    Kind.CALLBACK: Move.BEGIN_CALLBACK,
    Kind.ABOUT_BOOKING: Move.TELL_BOOKING,
    Kind.FOLLOW_UP: Move.CONTINUE,
    Kind.TELLING: Move.ACKNOWLEDGE,
    Kind.NOISE: Move.NOT_UNDERSTOOD,
    Kind.SEVERAL: Move.ANSWER_EACH,
    Kind.PERSON: Move.GIVE_PERSON,
    Kind.ABOUT_REQUEST: Move.TELL_REQUEST,
}
MOVES: dict[Phase, dict[Kind, Move]] = {
    Phase.CARD: {
        **_EVERYWHERE,
        Kind.ABOUT_CARD: Move.CARD_AGAIN,
        Kind.DEALT_WITH: Move.CLOSE_CARD,
        Kind.SEVERAL: Move.ANSWER_EACH,
    },
    Phase.FORM: {**_EVERYWHERE, Kind.ABOUT_BOOKING: Move.TELL_BOOKING},
    Phase.SENT: {
        **_OUTSIDE_FORM,
        Kind.CANCEL: Move.ASK_CANCEL,
        Kind.KEEP: Move.KEEP_REQUEST,
        Kind.CORRECTION: Move.CHANGE_REQUEST,
    },
    Phase.ASIDE: {**_OUTSIDE_FORM, Kind.GO_ON: Move.RESUME},
    Phase.TALK: _OUTSIDE_FORM,
}
"""What follows from each kind of turn in each phase; the rest is AS_UNDERSTOOD."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the engine understood it. `parts` counts the questions in it, `named` says whether it names a
    condition or a treatment, `guesses` are the likeliest intents.
    """

    text: str
    intent: str = ""
    trusted: bool = False
    confidence: float = 0.0
    red_flag: str = ""
    parts: int = 1
    named: bool = False
    details: bool = False
    guesses: tuple[str, ...] = ()

    def means(self, *intents: str) -> bool:
        """Whether it was understood as one of `intents`."""
        return self.intent in intents and (self.trusted or self.confidence >= LIKELY)


def route(state: State, said: Said) -> Move:
    """What follows a message. A new red flag is never overruled."""
    if said.red_flag:
        return Move.AS_UNDERSTOOD
    return MOVES[state.phase].get(classify(state, said), Move.AS_UNDERSTOOD)


def classify(state: State, said: Said) -> Kind:
    """Which kind of turn a message is."""
    if state.awaiting is Awaiting.ERASURE or (said.trusted and said.intent == "delete_my_data"):
        return Kind.PLAIN
    readers = {Phase.CARD: _with_card, Phase.FORM: _in_form, Phase.SENT: _after_sending, Phase.ASIDE: _with_aside}
    reader = readers.get(state.phase)
    found = reader(state, said) if reader else None
    return found or _in_talk(state, said)


# With a card open, these are still what they are.
_STAYS = frozenset(
    [
        "privacy",
        "delete_my_data",
        "bot_challenge",
        "human_handoff",
        "request_callback",
        "language",
        "what_can_you_do",
        "cancel_appointment",
    ]
)
_PRONOUN = re.compile(r"\b(?:that|this|it)\b", re.IGNORECASE)


def _with_card(state: State, said: Said) -> Kind | None:
    if (said.intent == "solved" and said.trusted) or cues.dealt_with(said.text):
        return Kind.DEALT_WITH
    if said.intent in _STAYS and said.trusted and cues.card_question(said.text) is None:
        return Kind.PLAIN
    moved_on = bool(state.card and state.card.reminded)
    return None if _is_other_question(said, moved_on=moved_on) else Kind.ABOUT_CARD


def _is_other_question(said: Said, *, moved_on: bool) -> bool:
    """Whether a message plainly asks something else than about the card; once it did, "it" is that other thing."""
    if said.means(*FACT_INTENTS, "ask_about_article"):
        return cues.card_question(said.text) is None
    if not (said.trusted and said.intent.startswith("ask_")):
        return False
    if said.intent in ("ask_price", "ask_who", "ask_online", "ask_payment"):
        return cues.card_question(said.text) in (None, cues.CardQuestion.BOOK)
    asked_of_card = cues.card_question(said.text) is not None or (
        _PRONOUN.search(said.text) and not said.named and not moved_on
    )
    return is_question(said.text) and not asked_of_card and said.intent != "ask_medication"


def _in_form(state: State, said: Said) -> Kind | None:
    if said.details:
        return Kind.PLAIN
    if said.intent in _ASIDES and is_question(said.text):
        return _of_clinic(said) or Kind.PLAIN
    return Kind.PLAIN


_LASTING = frozenset({"ask_prognosis", "ask_recovery_time", "nlu_fallback"})
_ASIDES = frozenset({*FACT_INTENTS, "doubt_clinician", "ask_about_article", "ask_about_booking"})


def _of_clinic(said: Said) -> Kind | None:
    """What is asked of the clinic, its articles and other clinicians; None for anything else."""
    if said.means("doubt_clinician"):
        return Kind.OTHER_CLINICIAN
    if said.means("ask_about_article"):
        return Kind.ABOUT_ARTICLE
    if said.means(*FACT_INTENTS):
        return Kind.CLINIC_FACT
    return Kind.ABOUT_BOOKING if said.means("ask_about_booking") else None


def _after_sending(state: State, said: Said) -> Kind | None:
    cancels = said.means("cancel_appointment")
    if state.awaiting is Awaiting.WITHDRAWAL:
        if not cancels and (said.intent in ("deny", "stop") or said.text.lower().startswith("no")):
            return Kind.KEEP
        return Kind.PLAIN if cancels or said.intent == "affirm" else None
    if (cancels or said.means("stop")) and not is_question(said.text):
        return Kind.CANCEL
    if said.means("appointment_status") or (state.of_clinic and said.means("follow_up_then")):
        return Kind.ABOUT_REQUEST
    if cues.wrong_detail(said.text) or (said.details and cues.may_change(said.text)):
        return Kind.CORRECTION
    if state.awaiting is Awaiting.DETAIL and said.details:
        return Kind.CORRECTION
    return None


def _with_aside(state: State, said: Said) -> Kind | None:
    if said.means("resume_request"):
        return Kind.GO_ON
    offered = state.awaiting is Awaiting.RESUME and said.intent in ("affirm", "read_more")
    return Kind.GO_ON if offered else None


def _in_talk(state: State, said: Said) -> Kind:
    if remarks.is_noise(said.text) or said.means("test_message"):
        return Kind.NOISE
    if said.parts > 1:
        return Kind.SEVERAL
    if of_clinic := _of_clinic(said):
        return of_clinic
    if (state.awaiting is Awaiting.OFFER or state.of_clinic) and _asks_length(said):
        return Kind.CLINIC_FACT
    if said.means("request_callback"):
        return Kind.CALLBACK
    if said.intent == "affirm" and state.awaiting is Awaiting.PERSON:
        return Kind.PERSON
    return _of_articles(state, said)


def _asks_length(said: Said) -> bool:
    """Whether "how long does it last" may be asked of the appointment, where that was spoken of last."""
    return said.intent in _LASTING and not said.named and LENGTH in said.guesses


def _of_articles(state: State, said: Said) -> Kind:
    if state.last_answer and said.means(*remarks.FOLLOW_UPS):
        whole = said.intent == "read_more" and len(said.text.split()) > BARE
        return Kind.PLAIN if whole else Kind.FOLLOW_UP
    if said.means("tell_detail") and not said.details:
        return Kind.TELLING
    return Kind.PLAIN


def prefers_answer(guessed: float, answers: Iterable[Answer]) -> bool:
    """Whether the articles answer it much more surely than `guessed`, the share of the first guess."""
    best = max((one.confidence for one in answers if one.verdict is Verdict.FOUND), default=0.0)
    return best >= KNOWN and best - guessed >= BETTER
