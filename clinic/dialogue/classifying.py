"""Which kind of turn a message is: what the engine learned of turns and intents, and a few strict lists of words."""

from __future__ import annotations

import re

from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue import cues, remarks
from clinic.dialogue.clinic_facts import FACT_INTENTS, LASTING, LENGTH
from clinic.dialogue.remarks import FOLLOW_UPS, FollowUp
from clinic.dialogue.state import Awaiting, Phase, State
from clinic.dialogue.turns import SURE, Kind, Said

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
BARE = 3  # words; "more" goes on, "show me the rest of that section" is the section
CARD = "card_"  # the learned kinds about a card begin with it


def classify(state: State, said: Said) -> Kind:
    """Which kind of turn a message is."""
    erases = said.trusted and said.intent == "delete_my_data" and _erases(said.text)
    if state.awaiting is Awaiting.ERASURE or (erases and not _keeps(state.awaiting, said)):
        return Kind.PLAIN
    readers = {Phase.CARD: _with_card, Phase.FORM: _in_form, Phase.SENT: _after_sending, Phase.ASIDE: _with_aside}
    reader = readers.get(state.phase)
    found = reader(state, said) if reader else None
    return found or _in_talk(state, said)


_DATA = re.compile(
    r"\b(?:data|chat|conversation|messages?|history|details|info\w*|everything|records?|gdpr|me|wrote|said|typed|"
    r"delete|erase|wipe|forget|clear|remove)\b",
    re.IGNORECASE,
)


def _erases(text: str) -> bool:
    """Whether it is the chat that is to be erased; "can I take it back" is about the request."""
    return bool(_DATA.search(text))


def says_dealt_with(said: Said, state: State, least: float = 0.5) -> bool:
    """Whether the matter of the open card is in good hands. Feeling better is not; nor is a help that did not come."""
    if cues.not_yet(said.text):
        return False
    return cues.dealt_with(said.text) or said.learned(state, least) == "dealt_with"


def _with_card(state: State, said: Said) -> Kind | None:
    if says_dealt_with(said, state):
        return Kind.DEALT_WITH
    learned = said.learned(state)
    if said.intent in _STAYS and said.trusted and not learned and cues.card_question(said.text) is None:
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


_ASIDES = frozenset({*FACT_INTENTS, "doubt_clinician", "ask_about_article", "ask_about_booking"})


def _in_form(state: State, said: Said) -> Kind | None:
    if not said.details and said.intent in _ASIDES and is_question(said.text):
        return _of_clinic(said) or Kind.PLAIN
    return Kind.PLAIN


def _of_clinic(said: Said) -> Kind | None:
    """What is asked of the clinic, its articles and other clinicians; None for anything else."""
    if said.means("doubt_clinician"):
        return Kind.OTHER_CLINICIAN
    if said.means("ask_about_article"):
        return Kind.ABOUT_ARTICLE
    if said.means(*FACT_INTENTS):
        return Kind.CLINIC_FACT
    return Kind.ABOUT_BOOKING if said.means("ask_about_booking") else None


_OF_REQUEST = {
    "cancel": Kind.CANCEL,
    "correction": Kind.CORRECTION,
    "about_request": Kind.ABOUT_REQUEST,
    "keep": Kind.KEEP,
}


def _after_sending(state: State, said: Said) -> Kind | None:
    learned = said.learned(state)
    if state.awaiting is Awaiting.WITHDRAWAL:
        return _answers_cancelling(state, said, learned)
    if (state.awaiting is Awaiting.DETAIL and said.details) or cues.wrong_detail(said.text):
        return Kind.CORRECTION
    if learned in _OF_REQUEST:
        return _OF_REQUEST[learned]
    if said.contact and learned != "callback":
        return Kind.CORRECTION  # a new address or number can only be for the request that waits
    if said.means("cancel_appointment", "stop") and not is_question(said.text) and not learned:
        return Kind.CANCEL
    if said.means("appointment_status") or (state.of_clinic and said.means("follow_up_then")):
        return Kind.ABOUT_REQUEST
    return Kind.CORRECTION if said.details and cues.may_change(said.text) else None


def _keeps(awaiting: Awaiting, said: Said) -> bool:
    """Whether it is a "no" to cancelling: a request is never lost to one that may mean either."""
    no = said.text.lower().startswith("no") and not _CANCELS.search(said.text)
    return no and awaiting is Awaiting.WITHDRAWAL


_CANCELS = re.compile(r"\b(?:cancel|withdraw)", re.IGNORECASE)


def _answers_cancelling(state: State, said: Said, learned: str) -> Kind | None:
    """What follows "shall I cancel it?": yes, no, or something else altogether."""
    if _keeps(state.awaiting, said):
        return Kind.KEEP
    if learned in ("cancels_it", "keeps_it"):
        return Kind.CANCEL_NOW if learned == "cancels_it" else Kind.KEEP
    cancels = learned == "cancel" or said.means("cancel_appointment")
    if cancels or said.intent == "affirm":
        return Kind.CANCEL_NOW
    return Kind.KEEP if said.intent in ("deny", "stop") or learned in ("keep", "decline") else None


def _with_aside(state: State, said: Said) -> Kind | None:
    if said.learned(state) == "go_on" or said.means("resume_request"):
        return Kind.GO_ON
    offered = state.awaiting is Awaiting.RESUME and said.intent in ("affirm", "read_more")
    return Kind.GO_ON if offered else None


def _in_talk(state: State, said: Said) -> Kind:
    if remarks.is_noise(said.text) or said.means("test_message"):
        return Kind.NOISE
    if said.books and not said.red_flag:
        return Kind.TAKES_UP
    if said.parts > 1:
        return Kind.SEVERAL
    if (of_clinic := _of_clinic(said)) and not _asks_where_of_answer(state, said):
        return of_clinic
    if (state.awaiting is Awaiting.OFFER or state.of_clinic) and _asks_length(said):
        return Kind.CLINIC_FACT
    if said.means("request_callback") or said.learned(state) == "callback":
        return Kind.CALLBACK
    if said.intent == "affirm" and state.awaiting is Awaiting.PERSON:
        return Kind.PERSON
    if _asks_what_became(state, said):
        return Kind.ABOUT_REQUEST
    return _learned_in_talk(state, said) or _of_articles(state, said)


def _asks_where_of_answer(state: State, said: Said) -> bool:
    """Whether "where tho" asks on from an answer of the articles, not for the clinic's street."""
    bare = said.intent == "ask_location" and len(said.text.split()) <= BARE
    return bare and bool(state.last_answer) and not state.of_clinic


def _asks_length(said: Said) -> bool:
    """Whether "how long does it last" may be asked of the appointment, where that was spoken of last."""
    return said.intent in LASTING and not said.named and LENGTH in said.guesses


_SENT = re.compile(r"\b(?:request|sent|submitted|gone through)\b", re.IGNORECASE)


def _asks_what_became(state: State, said: Said) -> bool:
    """Whether it asks after a request where none waits: one that is over, or that was never sent."""
    name, share = said.turns.get("sent", ("", 0.0))
    asks = (name == "about_request" and share >= SURE) or said.intent == "appointment_status"
    return asks and state.phase is Phase.TALK and (state.over or bool(_SENT.search(said.text)))


_SAYS = {"takes_up": Kind.TAKES_UP, "decline": Kind.DECLINE, "closing": Kind.CLOSING, "remark": Kind.REMARK}
_TOLD_SO = frozenset({"complaint", "abuse", "feedback_negative"})  # what is answered with the phone anyhow


def _learned_in_talk(state: State, said: Said) -> Kind | None:
    learned = said.learned(state)
    if learned in _SAYS and not said.details and not (is_question(said.text) and said.asks_articles):
        return _SAYS[learned]
    if learned == "grumble" and not (said.trusted and said.intent in _TOLD_SO):
        return Kind.GRUMBLE
    if learned == "about_booking" and is_question(said.text) and not said.asks_articles:
        return None if said.intent == "book_appointment" and said.confidence > 0.5 else Kind.ABOUT_BOOKING
    return None


_TAUGHT = {one.value: one for one in FollowUp}
LONGEST = 10  # words of a follow-up


def follow_up_of(state: State, said: Said) -> FollowUp | None:
    """How a message continues the last answer; None where there is none, or it names something new."""
    if not state.last_answer or len(said.text.split()) > LONGEST:
        return None
    if said.means(*FOLLOW_UPS):
        return FOLLOW_UPS[said.intent]
    return None if said.named else _TAUGHT.get(said.learned(state))


def _of_articles(state: State, said: Said) -> Kind:
    if how := follow_up_of(state, said):
        whole = how is FollowUp.MORE and len(said.text.split()) > BARE
        return Kind.PLAIN if whole else Kind.FOLLOW_UP
    tells = said.means("tell_detail") or said.learned(state) == "tells"
    if state.last_answer and _goes_on(said.text) and (tells or said.intent in _BARE_WORDS):
        return Kind.ASKS_ON
    return Kind.TELLING if tells and not said.details and not is_question(said.text) else Kind.PLAIN


_BARE_WORDS = frozenset({"tell_detail", "inform", "describe_symptom"})  # what a word of a sport or a part looks like
_GOES_ON = re.compile(r"^(?:and|or|what about|how about)\b", re.IGNORECASE)


def _goes_on(text: str) -> bool:
    """Whether a message hangs on the question before it: "and pointe work"."""
    return bool(_GOES_ON.search(text.strip()))
