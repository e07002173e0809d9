"""What the engine keeps of a form that was left."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

from clinic.appointments.model import Draft
from clinic.appointments.redaction import details_in, redact_event, redact_words

EVENTS: list[dict[str, Any]] = [
    {"event": "slot", "name": "name", "value": "Suki Lam"},
    {"event": "slot", "name": "email", "value": "suki.lam@example.net"},
    {"event": "slot", "name": "topic", "value": {"article": "ankle"}},
    {
        "event": "user",
        "text": "im suki lam, suki.lam@example.net or 07700 900123, sore ankle",
        "message_id": "07700900123",
        "metadata": {"typed": "im suki lam, suki.lam@example.net or 07700 900123, sore ankle"},
        "parse_data": {"intent": {"name": "inform"}, "text": "im suki lam", "entities": [{"value": "ankle"}]},
    },
    {"event": "bot", "text": None, "data": {"custom": {"id": "1", "kind": "ask", "text": "Thank you, Suki Lam."}}},
    {"event": "action", "name": "validate_appointment_form"},
]


def mask(text: str) -> str:
    return re.sub(r"\S+@\S+|[\d ]{9,}", "***", text)


def test_nothing_that_reaches_the_visitor_is_left_in_any_event() -> None:
    details = details_in(EVENTS)
    left = repr([redact_event(one, details, mask) for one in EVENTS]).lower()
    for gone in ("suki", "lam@", "07700 900123"):
        assert gone not in left


def test_the_conversation_can_still_be_read() -> None:
    details = details_in(EVENTS)
    scrubbed = [redact_event(one, details, mask) for one in EVENTS]
    assert "sore ankle" in scrubbed[3]["text"]
    assert scrubbed[3]["parse_data"]["intent"] == {"name": "inform"}
    assert scrubbed[3]["message_id"] == "07700900123"
    assert scrubbed[2]["value"] == {"article": "ankle"}
    assert scrubbed[5] == EVENTS[5]


def test_numbers_and_addresses_in_words_are_blanked_too() -> None:
    said = "oh seven seven double oh nine double oh one two three, or suki dot lam at example dot net"
    left = redact_words(said, frozenset(), mask)
    assert "seven" not in left
    assert "suki" not in left


def test_every_slot_of_a_request_that_holds_a_persons_words_is_emptied() -> None:
    """The detail that is asked for anew is kept beside as it was: it goes with the rest."""
    chosen = {"minor", "service"}  # one of a few words of ours
    for name in {one.name for one in fields(Draft)} - chosen:
        event = {"event": "slot", "name": name, "value": "leon@example.org 07700 900123"}
        assert redact_event(event, frozenset(), str)["value"] is None, name
