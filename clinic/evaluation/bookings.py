"""Scores a booking conversation by the appointment request that stands at its end."""

from __future__ import annotations

import re
import unicodedata

from .conversation_items import BookingItem
from .matching import facts_match, normalise
from .model import Outcome
from .transcript import Exchange, HeardAppointment


def last_appointment(exchanges: tuple[Exchange, ...]) -> HeardAppointment | None:
    """What the last appointment reply of a conversation states."""
    stated = [reply.appointment for exchange in exchanges for reply in exchange.replies if reply.appointment]
    return stated[-1] if stated else None


def _same(given: str, expected: str) -> bool:
    given, expected = (unicodedata.normalize("NFC", text).casefold().strip() for text in (given, expected))
    return given == expected


def _digits(phone: str) -> str:
    return re.sub(r"^(00|\+)44|^0", "", re.sub(r"[^\d+]", "", phone))


def _wrong_details(item: BookingItem, stated: HeardAppointment) -> str:
    if not _same(stated.name, item.name):
        return f"name {stated.name!r}, not {item.name!r}"
    if item.email and not _same(stated.email, item.email):
        return f"email {stated.email!r}, not {item.email!r}"
    if item.phone and _digits(stated.phone) != _digits(item.phone):
        return f"phone {stated.phone!r}, not {item.phone!r}"
    return "" if facts_match([stated.notes], item.notes) else f"notes {normalise(stated.notes)!r} lack what was said"


def score_booking(item: BookingItem, exchanges: tuple[Exchange, ...]) -> Outcome:
    """Right when the request that stands at the end is the one expected, or none stands where none should."""
    stated = last_appointment(exchanges)
    requested = stated is not None and stated.status == "requested"
    if item.outcome != "requested":
        why = "a request was stored" if requested else ""
    elif stated is None or not requested:
        why = "no request was stored"
    else:
        why = _wrong_details(item, stated)
    return Outcome("booking", item.id, item.outcome, not why, why, exchanges)
