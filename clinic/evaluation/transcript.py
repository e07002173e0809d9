"""What an evaluation hears: replies of the visitor contract, cut down to what is scored."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeardSource:
    """The place a reply cites."""

    section: str
    aspect: str


@dataclass(frozen=True, slots=True)
class HeardAppointment:
    """An appointment request as the reply states it; empty strings stand for what is not given."""

    status: str
    name: str
    email: str
    phone: str
    notes: str
    service: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class HeardReply:
    """One reply of the visitor contract, cut down to what is scored; `confidence` is None where not sent."""

    kind: str
    text: str
    sources: tuple[HeardSource, ...] = ()
    destination: str = ""
    slot: str = ""
    appointment: HeardAppointment | None = None
    confidence: float | None = None
    labels: tuple[str, ...] = ()


Replies = tuple[HeardReply, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a visitor said and all that was replied to it."""

    text: str
    replies: Replies
