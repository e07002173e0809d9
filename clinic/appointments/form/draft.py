"""A draft with what one more message says. Pure."""

from __future__ import annotations

from dataclasses import replace

from clinic.appointments.form.saying import speaks_of_parent
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import UNNAMED, Details, Draft

LONGEST_NOTES = 600
SHORT = 3  # words on the matter in a wish that gives nothing else: they say where, and not what it is


def merge(draft: Draft, details: Details, heard: FormTurn) -> Draft:
    """What the form holds after a message; a visitor under 18 is asked for a parent's contact instead of theirs."""
    draft = replace(
        draft,
        name=details.name or draft.name,
        email=details.email or draft.email,
        phone=details.phone or draft.phone,
        times=details.times or draft.times,
        minor=draft.minor or details.minor,
        guardian=draft.guardian if details.guardian in ("", UNNAMED) and draft.guardian else details.guardian,
    )
    if details.any:
        draft = replace(draft, former="")
    alone = not (heard.asked or draft.service or details.email or details.phone or details.name)
    if alone and 0 < len(details.notes.split()) <= SHORT:
        draft = replace(draft, opening=details.notes)
    elif details.notes and heard.asked != "notes" and draft.service != "callback":
        draft = replace(draft, notes=add_notes(draft.notes, details.notes))
    elif heard.asked in ("name", "email") and heard.is_surely(frozenset({"describe_symptom"})) and not details.name:
        draft = replace(draft, notes=add_notes(draft.notes, details.rest))
    if draft.minor == "self" and not speaks_of_parent(heard.text) and _is_own(draft, details):
        draft = replace(draft, email="", phone="", guardian="")
    return _under_guardian(draft)


def with_opening(draft: Draft) -> Draft:
    """The draft once the notes are answered: what the wish itself was about stands before them."""
    if draft.notes is None or not draft.opening:
        return draft
    known = draft.opening.lower() in draft.notes.lower()
    return replace(
        draft, notes=draft.notes if known else add_notes(draft.opening, draft.notes or draft.opening), opening=""
    )


def _under_guardian(draft: Draft) -> Draft:
    """A young visitor's request under the parent's name, where that and the contact are all that was given."""
    named = draft.guardian not in ("", UNNAMED)
    return replace(draft, name=draft.guardian) if named and draft.has_contact and not draft.name else draft


def _is_own(draft: Draft, details: Details) -> bool:
    """Whether the contact of a visitor under 18 is, as far as can be seen, not a parent's."""
    if details.minor == "self":
        return not details.guardian
    first = draft.name.lower().split()[0] if draft.name else ""
    return details.guardian == UNNAMED and bool(first) and first in details.email.lower().partition("@")[0]


def add_notes(notes: str | None, more: str) -> str:
    """Notes with something added, once."""
    more = more.strip(" .,")
    if not notes:
        return more[:LONGEST_NOTES]
    return notes if more.lower() in notes.lower() else f"{notes}; {more}"[:LONGEST_NOTES]
