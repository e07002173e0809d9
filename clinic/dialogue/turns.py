"""What a turn is: a message as the engine understood it, and the kinds it can be where the conversation stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from clinic.dialogue.state import Awaiting, Phase, State

Guess = tuple[str, float]
_NAMES = {
    Phase.CARD: "card",
    Phase.FORM: "form",
    Phase.SENT: "sent",
    Phase.ASIDE: "aside",
    Phase.TALK: "talk",
}
_AWAITED = {(Phase.TALK, Awaiting.OFFER): "offer", (Phase.SENT, Awaiting.WITHDRAWAL): "withdrawing"}
LIKELY = 0.5  # a guess at least as sure as this counts, though it is not trusted
SURE = 0.45  # the share from which a learned kind counts
BEYOND = 0.8  # how sure a learned kind must be where a whole question or a wish was understood
BARE = 3  # words; "more" goes on, "show me the rest of that section" is the section
SURELY = 0.6  # from which it stands against an intent, a strict list, or the same sign named again


class Kind(Enum):
    """What a turn is, where the conversation stands."""

    ABOUT_CARD = "about the card"
    DEALT_WITH = "says that it is dealt with"
    GO_ON = "goes on with what was put aside"
    CANCEL = "takes a sent request back"
    CANCEL_NOW = "says yes to cancelling"
    KEEP = "keeps the request after all"
    CORRECTION = "corrects a sent request"
    ABOUT_REQUEST = "asks about the request"
    CALLBACK = "asks to be rung"
    PURPOSE = "asks what a detail is needed for"
    ONLY_ASKS_RING = "asks whether one could be rung, and no more"
    OTHER_COST = "asks for the price of what was quoted"
    TAKING_BACK = "asks whether a request could be changed or cancelled"
    CLINIC_FACT = "asks about the clinic"
    FURTHER_FACT = "asks on from what was told of the clinic"
    WITH_WHOM = "asks whom the appointment is with"
    ABOUT_BOOKING = "asks about booking"
    OTHER_CLINICIAN = "doubts another clinician"
    ABOUT_ARTICLE = "asks about the article itself"
    ASKS_ON = "asks the same of something else"
    FOLLOW_UP = "continues the last answer"
    TELLING = "only tells"
    TAKES_UP = "takes up the offered appointment"
    BOOKS_AND_ASKS = "wishes for an appointment, and asks something beside"
    RINGS_AND_ASKS = "wishes to be rung, and asks something beside"
    DECLINE = "says no to the appointment"
    CLOSING = "has what it wanted"
    THANKS = "thanks for the request that was sent"
    REMARK = "a small remark"
    GRUMBLE = "cross with the assistant"
    NOISE = "no words"
    COMPLAINS = "asks whom a complaint goes to"
    SEVERAL = "several things at once"
    PERSON = "takes up the offer of a person"
    NO_WISH = "looks like the wish for an appointment, and has no word of one"
    PLAIN = "as understood"


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the engine understood it.

    `parts` counts the questions in it, `named` says whether it names a condition or a treatment, `contact` whether a
    whole address or number stands in it, `introduced` whether somebody gives their name in it, `person` whether a name
    stands in it, `books` whether what is said beside such details is the wish for an appointment, `rings` to be rung,
    `books_beside` whether one of its several parts is one, `rings_beside` whether one is to be rung and others ask;
    `guesses` are the likeliest intents; `behind` is what a few words are understood as behind what was told of the
    clinic ("and sundays"), and its share; `turns` holds for each phase the kind of turn that `data/turns.yml` taught
    the engine to see there ("" for none) and its share.
    """

    text: str
    intent: str = ""
    trusted: bool = False
    confidence: float = 0.0
    red_flag: str = ""
    parts: int = 1
    named: bool = False
    details: bool = False
    contact: bool = False
    introduced: bool = False
    person: bool = False
    books: bool = False
    books_beside: bool = False
    rings: bool = False
    rings_beside: bool = False
    guesses: tuple[str, ...] = ()
    behind: Guess = ("", 0.0)
    turns: Mapping[str, Guess] = field(default_factory=lambda: MappingProxyType({}))

    def means(self, *intents: str) -> bool:
        """Whether it was understood as one of `intents`."""
        return self.intent in intents and (self.trusted or self.confidence >= LIKELY)

    def learned(self, state: State, least: float = SURE) -> str:
        """The kind of turn learned for where the conversation stands, "" where none is sure enough."""
        name, share = self.turns.get(_AWAITED.get((state.phase, state.awaiting), _NAMES[state.phase]), ("", 0.0))
        return name if share >= least else ""

    @property
    def asks_articles(self) -> bool:
        """Whether it was surely understood as a question."""
        return self.trusted and self.intent.startswith("ask_")
