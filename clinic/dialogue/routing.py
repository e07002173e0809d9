"""What a message means where the conversation stands: the only place that may overrule an intent.

`clinic.dialogue.classifying` says which kind of turn a message is, `MOVES` what follows from it in each phase. What the
table does not name goes on as it was understood.
"""

from __future__ import annotations

from enum import Enum

from clinic.dialogue import cues
from clinic.dialogue.card_turns import says_dealt_with
from clinic.dialogue.classifying import classify
from clinic.dialogue.state import Phase, State
from clinic.dialogue.turns import SURELY, Kind, Said

BEYOND_DOUBT = 0.95


class Move(Enum):
    """What the assistant does next."""

    AS_UNDERSTOOD = "as understood"
    CARD_AGAIN = "the card's own lines"
    CLOSE_CARD = "the card is closed"
    RESUME = "the request goes on"
    ASK_CANCEL = "asks whether to cancel"
    CANCEL_REQUEST = "the request is cancelled"
    KEEP_REQUEST = "the request stands"
    CHANGE_REQUEST = "the sent request is changed"
    TELL_REQUEST = "what is stored of the request"
    BEGIN_CALLBACK = "a callback request begins"
    TELL_FACT = "the fact, or the phone"
    TELL_FURTHER = "what is asked on of the clinic"
    TELL_WHOM = "whom the appointment is with"
    TELL_BOOKING = "what an appointment is; no form"
    TELL_PURPOSE = "what a detail is used for"
    TELL_CALLBACK = "how to be rung; nothing changes"
    TELL_OTHER_COST = "the price is not covered; the appointment's own beside"
    TELL_TERMS = "how a request is taken back"
    NO_JUDGEMENT = "judges no other clinician"
    TELL_ARTICLE = "who wrote the article, and when"
    LOOK_UP = "the articles are asked"
    CONTINUE = "goes on from the last answer"
    ACKNOWLEDGE = "takes note, asks what to look up"
    NOT_UNDERSTOOD = "says that it did not understand"
    ANSWER_EACH = "an answer each, in their order"
    BEGIN_REQUEST = "an appointment request begins"
    ANSWER_AND_BEGIN = "answers what is asked beside, then the request begins"
    ANSWER_AND_RING = "answers what is asked beside, then the callback request begins"
    WELCOME = "says that they are welcome"
    LET_GO = "the appointment is not offered again"
    TAKE_LEAVE = "stays at hand, asks nothing"
    SMALL = "a small word back"
    APOLOGISE = "what it can do, and who can do more"
    TAKE_COMPLAINT = "where a complaint is dealt with"
    GIVE_PERSON = "how to reach a person"


_EVERYWHERE = {
    Kind.CLINIC_FACT: Move.TELL_FACT,
    Kind.OTHER_CLINICIAN: Move.NO_JUDGEMENT,
    Kind.ABOUT_ARTICLE: Move.TELL_ARTICLE,
    Kind.TAKING_BACK: Move.TELL_TERMS,
    Kind.ONLY_ASKS_RING: Move.TELL_CALLBACK,
}
_OUTSIDE_FORM = {
    **_EVERYWHERE,
    Kind.FURTHER_FACT: Move.TELL_FURTHER,
    Kind.CALLBACK: Move.BEGIN_CALLBACK,
    Kind.ABOUT_BOOKING: Move.TELL_BOOKING,
    Kind.WITH_WHOM: Move.TELL_WHOM,
    Kind.FOLLOW_UP: Move.CONTINUE,
    Kind.ASKS_ON: Move.LOOK_UP,
    Kind.NO_WISH: Move.LOOK_UP,
    Kind.TELLING: Move.ACKNOWLEDGE,
    Kind.TAKES_UP: Move.BEGIN_REQUEST,
    Kind.BOOKS_AND_ASKS: Move.ANSWER_AND_BEGIN,
    Kind.RINGS_AND_ASKS: Move.ANSWER_AND_RING,
    Kind.DECLINE: Move.LET_GO,
    Kind.CLOSING: Move.TAKE_LEAVE,
    Kind.THANKS: Move.WELCOME,
    Kind.REMARK: Move.SMALL,
    Kind.GRUMBLE: Move.APOLOGISE,
    Kind.NOISE: Move.NOT_UNDERSTOOD,
    Kind.SEVERAL: Move.ANSWER_EACH,
    Kind.PERSON: Move.GIVE_PERSON,
    Kind.COMPLAINS: Move.TAKE_COMPLAINT,
    Kind.ABOUT_REQUEST: Move.TELL_REQUEST,
    Kind.OTHER_COST: Move.TELL_OTHER_COST,
}
MOVES: dict[Phase, dict[Kind, Move]] = {
    Phase.CARD: {
        **_EVERYWHERE,
        Kind.ABOUT_CARD: Move.CARD_AGAIN,
        Kind.DEALT_WITH: Move.CLOSE_CARD,
        Kind.SEVERAL: Move.ANSWER_EACH,
    },
    Phase.FORM: {
        **_EVERYWHERE,
        Kind.ABOUT_BOOKING: Move.TELL_BOOKING,
        Kind.PURPOSE: Move.TELL_PURPOSE,
        Kind.SEVERAL: Move.ANSWER_EACH,
    },
    Phase.SENT: {
        **_OUTSIDE_FORM,
        Kind.CANCEL: Move.ASK_CANCEL,
        Kind.CANCEL_NOW: Move.CANCEL_REQUEST,
        Kind.KEEP: Move.KEEP_REQUEST,
        Kind.CORRECTION: Move.CHANGE_REQUEST,
    },
    Phase.ASIDE: {**_OUTSIDE_FORM, Kind.GO_ON: Move.RESUME},
    Phase.TALK: _OUTSIDE_FORM,
}
"""What follows from each kind of turn in each phase; the rest is AS_UNDERSTOOD."""


YIELDING = frozenset({Move.SMALL, Move.ACKNOWLEDGE, Move.APOLOGISE, Move.TAKE_LEAVE, Move.TELL_ARTICLE})
"""What gives way to an article that was taught the message: answers to what asks nothing, or asks of the article."""
OF_FACTS = frozenset({Move.TELL_FACT, Move.TELL_BOOKING})
"""What gives way to an article that knows the question much more surely than it was guessed."""


def route(state: State, said: Said) -> Move:
    """What follows a message. A new red flag is never overruled; the open card's own is, where help is there."""
    if said.red_flag:
        return Move.CLOSE_CARD if _is_in_good_hands(state, said) else Move.AS_UNDERSTOOD
    return MOVES[state.phase].get(classify(state, said), Move.AS_UNDERSTOOD)


def _is_in_good_hands(state: State, said: Said) -> bool:
    """Whether the sign is the open card's and help is there; of another sign it must be said in so many words too."""
    if state.card is None or not says_dealt_with(said, state, SURELY):
        return False
    in_words = cues.only_dealt_with(said.text) and said.learned(state, BEYOND_DOUBT) == "dealt_with"
    return state.card.name == said.red_flag or in_words
