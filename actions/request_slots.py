"""The form's slots read into a Draft, and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from clinic.appointments.model import Asked, Draft

FIELDS = tuple(field.name for field in fields(Draft))
ASKED: dict[str | None, Asked] = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "notes": "notes",
    "confirmed": "confirm",
    "change": "change",
}
SLOT = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "notes": "notes",
    "confirm": "confirmed",
    "change": "change",
}
"""The slot Rasa requests for each thing that is asked for."""


def read_draft(slots: Mapping[str, Any]) -> Draft:
    """What the form holds; empty slots are empty strings, notes that were never given None."""
    values: dict[str, Any] = {name: slots.get(name) or "" for name in FIELDS}
    return Draft(**{**values, "notes": slots.get("notes")})


def draft_slots(draft: Draft) -> dict[str, Any]:
    """The slots of a draft, None where it holds nothing."""
    values = asdict(draft)
    return {name: values[name] or None for name in FIELDS} | {"notes": draft.notes}


def cleared_slots() -> dict[str, Any]:
    """The form left: nothing of it stays."""
    return {**draft_slots(Draft()), "confirmed": None, "set_aside": None}


def set_aside_slots(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The form put aside: its slots are empty, and what they held comes back when the request goes on."""
    draft = read_draft(slots)
    return {**cleared_slots(), "set_aside": asdict(draft) if draft != Draft() else None}


def restored_draft(slots: Mapping[str, Any]) -> Draft:
    """What was put aside earlier, or nothing."""
    kept = slots.get("set_aside")
    return Draft(**{name: kept[name] for name in FIELDS if name in kept}) if isinstance(kept, dict) else Draft()
