"""Which kind of turn a message is: what the engine learned of such turns, and a few strict lists of words beside it."""

from __future__ import annotations

import re

from clinic.appointments.form.speech_acts import is_question
from clinic.dialogue import cues, remarks
from clinic.dialogue.clinic_facts import ClinicFact, asked_fact
from clinic.dialogue.remarks import FollowUp
from clinic.dialogue.state import Awaiting, Phase, State
from clinic.dialogue.turns import SURE, Kind, Said

# With a card open, these are still what they are.
_STAYS = frozenset(
    ["privacy", "delete_my_data", "bot_challenge", "human_handoff", "language", "what_can_you_do", "cancel_appointment"]
)
_PRONOUN = re.compile(r"\b(?:that|this|it)\b", re.IGNORECASE)
CARD = "card_"  # the learned kinds about a card begin with it


def classify(state: State, said: Said) -> Kind:
    """Which kind of turn a message is."""
    if state.awaiting is Awaiting.ERASURE or (said.trusted and said.intent == "delete_my_data" and _erases(said.text)):
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
    if learned.startswith(CARD) and not (said.named and moved_on):
        return None if _of_clinic(said) else Kind.ABOUT_CARD
    return None if _is_other_question(said, moved_on=moved_on) else Kind.ABOUT_CARD


def _of_clinic(said: Said) -> bool:
    asked = asked_fact(said.text) or remarks.asks_about_article(said.text) or remarks.doubts_clinician(said.text)
    return bool(asked) or (said.trusted and said.intent in ("ask_price", "ask_payment"))


def _is_other_question(said: Said, *, moved_on: bool) -> bool:
    """Whether a message plainly asks something else than about the card; once it did, "it" is that other thing."""
    if asked_fact(said.text) or remarks.asks_about_article(said.text):
        return True
    if not said.asks_articles:
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
    if remarks.doubts_clinician(said.text):
        return Kind.OTHER_CLINICIAN
    if remarks.asks_about_article(said.text):
        return Kind.ABOUT_ARTICLE
    if asked_fact(said.text) and is_question(said.text):
        return Kind.CLINIC_FACT
    if said.intent == "book_appointment" and is_question(said.text) and cues.only_asks_about_booking(said.text):
        return Kind.ABOUT_BOOKING
    return Kind.PLAIN


def _after_sending(state: State, said: Said) -> Kind | None:
    learned = said.learned(state)
    if state.awaiting is Awaiting.WITHDRAWAL:
        return _answers_cancelling(said, learned)
    if cues.cancels(said.text) or (said.intent == "cancel_appointment" and said.trusted and not is_question(said.text)):
        return Kind.CANCEL
    if state.awaiting is Awaiting.DETAIL and said.details:
        return Kind.CORRECTION
    of_request = asked_fact(said.text) in (None, ClinicFact.REPLY_TIME)
    if of_request and cues.asks_about_request(said.text):
        return Kind.ABOUT_REQUEST
    if cues.wrong_detail(said.text) or (said.details and cues.may_change(said.text)):
        return Kind.CORRECTION
    known = {"cancel": Kind.CANCEL, "correction": Kind.CORRECTION, "about_request": Kind.ABOUT_REQUEST}
    found = known.get(learned)
    if found is Kind.ABOUT_REQUEST and not of_request:
        return None
    return found or (Kind.KEEP if learned == "keep" else None)


def _answers_cancelling(said: Said, learned: str) -> Kind | None:
    """What follows "shall I cancel it?": yes, no, or something else altogether."""
    if said.text.lower().startswith("no") and not cues.cancels(said.text):
        return Kind.KEEP
    if said.intent in ("affirm", "cancel_appointment") or learned == "cancel" or cues.cancels(said.text):
        return Kind.CANCEL_NOW
    if said.intent in ("deny", "stop") or learned in ("keep", "decline"):
        return Kind.KEEP
    return None


_BACK = re.compile(
    r"\b(?:back to|finish|continue|carry on|go on|resume)\b.*\b(?:appointment|booking|request)\b", re.IGNORECASE
)


def _with_aside(state: State, said: Said) -> Kind | None:
    if cues.goes_on(said.text) or said.learned(state) == "go_on":
        return Kind.GO_ON
    if said.intent == "affirm" and state.awaiting is Awaiting.RESUME:
        return Kind.GO_ON
    return Kind.GO_ON if _BACK.search(said.text) and not said.text.strip().endswith("??") else None


_OWN_REQUEST = re.compile(
    r"\b(?:appointments?|booking|booked|request|reference|time|day|reschedul\w+|move|slot|session|sent|cancel\w*)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:bye|goodbye|bye-bye|see (?:you|ya)|cya|later|night|care|cheers|ta-?ra|ciao|leave|leaving|off|go|going|"
    r"farewell|done|"
    r"finish\w*|all|end|cheerio|laters|thanks?|ta|exit|day|evening|weekend)\b",
    re.IGNORECASE,
)


def _in_talk(state: State, said: Said) -> Kind:
    if remarks.is_noise(said.text):
        return Kind.NOISE
    if said.parts > 1:
        return Kind.SEVERAL
    if remarks.doubts_clinician(said.text):
        return Kind.OTHER_CLINICIAN
    if remarks.asks_about_article(said.text):
        return Kind.ABOUT_ARTICLE
    if asked_fact(said.text, of_appointment=state.awaiting is Awaiting.OFFER or state.of_clinic):
        return Kind.CLINIC_FACT
    if cues.wants_callback(said.text) or (said.learned(state) == "callback" and state.phase is not Phase.FORM):
        return Kind.CALLBACK
    if said.intent == "affirm" and state.awaiting is Awaiting.PERSON:
        return Kind.PERSON
    if _asks_what_became(state, said):
        return Kind.ABOUT_REQUEST
    return _learned_in_talk(state, said) or _of_articles(state, said)


def _asks_what_became(state: State, said: Said) -> bool:
    """Whether it asks after a request where none waits: one that is over, or that was never sent."""
    name, share = said.turns.get("sent", ("", 0.0))
    asks = (name == "about_request" and share >= SURE) or said.intent == "appointment_status"
    return asks and state.phase is Phase.TALK and (state.over or bool(_SENT.search(said.text)))


_SENT = re.compile(r"\b(?:request|sent|submitted|gone through)\b", re.IGNORECASE)
_SAYS = {"decline": Kind.DECLINE, "closing": Kind.CLOSING, "remark": Kind.REMARK, "tells": Kind.TELLING}


def _learned_in_talk(state: State, said: Said) -> Kind | None:
    learned = said.learned(state)
    asks = is_question(said.text)
    if learned in _SAYS and not said.details and not (asks and said.asks_articles):
        return _SAYS[learned]
    if learned == "grumble" and not (said.trusted and said.intent in ("complaint", "abuse", "feedback_negative")):
        return Kind.GRUMBLE
    if learned == "about_booking" and asks and not said.asks_articles:
        wishes = said.intent == "book_appointment" and not cues.only_asks_about_booking(said.text)
        return None if wishes and said.confidence > said.turns["talk"][1] else Kind.ABOUT_BOOKING
    return None


_FOLLOW_UPS = {one.value: one for one in FollowUp}
LONGEST = 10  # words of a follow-up


def follow_up_of(state: State, said: Said) -> FollowUp | None:
    """How a message continues the last answer; None where there is none, or it names something new."""
    if not state.last_answer or len(said.text.split()) > LONGEST:
        return None
    return remarks.follow_up(said.text) or (None if said.named else _FOLLOW_UPS.get(said.learned(state)))


def _of_articles(state: State, said: Said) -> Kind:
    if said.intent == "book_appointment" and is_question(said.text) and cues.only_asks_about_booking(said.text):
        return Kind.ABOUT_BOOKING
    if follow_up_of(state, said):
        return Kind.FOLLOW_UP
    if remarks.tells(said.text) and not said.details:
        return Kind.TELLING
    statuses = said.intent in ("appointment_status", "change_appointment")
    if statuses and not state.pending and not _OWN_REQUEST.search(said.text):
        return Kind.LOOK_UP
    if said.intent == "goodbye" and not _LEAVES.search(said.text):
        return Kind.LOOK_UP
    return Kind.PLAIN
