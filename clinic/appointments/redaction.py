"""Blanks contact details in what the engine recorded of a form that was left. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from clinic.appointments.model import UNNAMED
from language.contacts import find_contacts

SLOTS = frozenset({"name", "email", "phone", "guardian", "notes", "times", "former", "opening", "set_aside"})
"""Slots that hold details of a request."""
BLANK = "[removed]"
# Where words of people stand in an event; everything else (ids, names of intents) stays as it is.
WORDS = frozenset({"text", "typed", "value", "parse_data", "metadata", "data", "custom", "entities", "appointment"})
WORDS |= frozenset({"email", "phone", "notes", "say", "label", "buttons", "comment"})
WORDS |= frozenset({"parts", "spelling", "kept", "questions", "question"})

Mask = Callable[[str], str]


def details_in(events: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Every name, address and number the form's slots ever held in these events."""
    found: set[str] = set()
    for event in events:
        if event.get("event") != "slot" or event.get("name") not in {"name", "email", "phone", "guardian", "set_aside"}:
            continue
        value = event.get("value")
        values = (
            [value.get(one) for one in ("name", "email", "phone", "guardian")] if isinstance(value, dict) else [value]
        )
        found.update(one for one in values if isinstance(one, str) and len(one) > 1 and one != UNNAMED)
    return frozenset(found)


def redact_event(event: Mapping[str, Any], details: frozenset[str], mask: Mask) -> dict[str, Any]:
    """The event without `details`, with `mask` over every text of a user or bot, and form slots emptied."""
    kind = event.get("event")
    if kind == "slot":
        return {**event, "value": None} if event.get("name") in SLOTS else dict(event)
    if kind not in ("user", "bot"):
        return dict(event)
    return {name: redact_words(value, details, mask) if name in WORDS else value for name, value in event.items()}


def redact_words(value: Any, details: frozenset[str], mask: Mask) -> Any:
    """The same JSON value with every text in it blanked and masked; also for replies stored elsewhere."""
    if isinstance(value, str):
        value = _without_spelt(value)
        for one in sorted(details, key=len, reverse=True):
            value = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", BLANK, value, flags=re.IGNORECASE)
        return mask(value)
    if isinstance(value, Mapping):
        return {
            name: redact_words(one, details, mask) if _holds_words(name, one) else one for name, one in value.items()
        }
    return [redact_words(one, details, mask) for one in value] if isinstance(value, list) else value


def _without_spelt(text: str) -> str:
    """The text without addresses and spelt-out numbers, as in "nina at example dot org"."""
    found = [one for one in find_contacts(text) if one.usable and one.manner != "said"]
    for one in sorted(found, key=lambda contact: contact.start, reverse=True):
        text = f"{text[: one.start]}{BLANK}{text[one.end :]}"
    return text


def _holds_words(name: str, value: Any) -> bool:
    return name in WORDS or (name == "name" and isinstance(value, str) and not value.replace("_", "").islower())
