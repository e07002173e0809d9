"""What is asked in an evaluation with a whole conversation: lines of the sets, as values."""

from __future__ import annotations

from dataclasses import dataclass

from .items import Facts


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation and the facts its reply must hold.

    Where `covered` is false nothing may be quoted; where `not_same` is true the reply may not be the one before it.
    """

    text: str
    facts: Facts
    covered: bool = True
    not_same: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpItem:
    """A conversation whose later turns need what was said before."""

    id: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """One message of a whole conversation: kinds that must and must not come, patterns that must and must not be
    said, the destination or the slot; `cell` names the phase and the kind of turn it stands for.
    """

    text: str
    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    say: Facts = ()
    not_say: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    slot: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What stands at the end of a conversation; what is empty is not looked at."""

    outcome: str = ""
    service: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    notes: Facts = ()


@dataclass(frozen=True, slots=True)
class ConversationItem:
    """A whole conversation, and what the last appointment reply must hold at its end (empty: none is checked)."""

    id: str
    turns: tuple[ConversationTurn, ...]
    stored: Stored


@dataclass(frozen=True, slots=True)
class BookingItem:
    """A conversation and the appointment request that must stand at its end.

    `outcome` is `requested`, `cancelled` or `none`; `name`, `email` and `phone` are empty where not checked.
    """

    id: str
    turns: tuple[str, ...]
    outcome: str
    name: str
    email: str
    phone: str
    notes: Facts
