"""What a conversation remembers, as one value, and which phase of it a message meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from clinic.appointments.model import Minor
from clinic.knowledge.answers import Topic


class Awaiting(Enum):
    """What the next yes or no belongs to."""

    NOTHING = ""
    OFFER = "offer"
    CONTACT = "contact"
    ERASURE = "erasure"
    WITHDRAWAL = "withdrawal"
    RESUME = "resume"
    DETAIL = "detail"
    PERSON = "person"


class Phase(Enum):
    """Where a conversation stands; where two fit, the one further up counts."""

    CARD = "an urgent card is open"
    FORM = "a request is being asked for"
    SENT = "a request was sent"
    ASIDE = "a request was put aside"
    TALK = "nothing is open"


@dataclass(frozen=True, slots=True)
class OpenCard:
    """An urgent card whose matter has not been said to be dealt with; `told` is what was answered about it last."""

    name: str
    reminded: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """The memory of one conversation.

    `pending` says whether a request of it waits at the clinic, `over` whether one was sent and waits no more.
    """

    topic: Topic | None = None
    offered_topics: tuple[str, ...] = ()
    offer_declined: bool = False
    disclaimer_given: bool = False
    card: OpenCard | None = None
    awaiting: Awaiting = Awaiting.NOTHING
    did_you_mean: int = 0
    uncovered: int = 0
    asides: int = 0
    last_answer: Mapping[str, Any] | None = None
    set_aside: Mapping[str, Any] | None = None
    form_active: bool = False
    requested_slot: str = ""
    pending: bool = False
    over: bool = False
    memory: Mapping[str, Any] = field(default_factory=dict)

    @property
    def of_clinic(self) -> bool:
        """Whether the clinic or its appointment was spoken of last."""
        return bool(self.memory.get("of_clinic"))

    @property
    def before(self) -> dict[str, Any]:
        """The details of the sent request that the message before this one has changed, as they were."""
        return dict(self.memory.get("before") or {})

    @property
    def complained(self) -> bool:
        """Whether a complaint was told last."""
        return bool(self.memory.get("complained"))

    @property
    def minor(self) -> Minor:
        """Who was said to be under 18, before a request was thought of."""
        kept = self.memory.get("minor")
        return kept if kept in ("self", "child") else ""

    @property
    def phase(self) -> Phase:
        """What the next message meets first."""
        if self.card:
            return Phase.CARD
        if self.form_active:
            return Phase.FORM
        if self.pending:
            return Phase.SENT
        return Phase.ASIDE if self.set_aside else Phase.TALK


def told(card: OpenCard, what: str) -> OpenCard:
    """The card once `what` was answered about it."""
    return replace(card, told=what)
