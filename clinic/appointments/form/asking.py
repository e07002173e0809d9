"""What is asked for next, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clinic.appointments.model import UNNAMED, Asked, Draft

Outcome = Literal["ask", "interrupted", "red_flag", "stopped", "confirmed"]


@dataclass(frozen=True, slots=True)
class FormAction:
    """What to do, what the form holds now, what is asked next and in which words (names in responses.yml).

    With `mended` another contact was given beside or in place of the first, and it is said which stands now.
    """

    outcome: Outcome
    draft: Draft
    asked: Asked = ""
    wording: str = ""
    mended: bool = False


def next_question(draft: Draft) -> FormAction:
    """What is still missing, and how it is asked for."""
    if draft.service == "callback":
        return _next_of_callback(draft)
    if draft.minor == "child" and not draft.name:
        return FormAction("ask", draft, "name", "ask_guardian")
    if draft.minor == "self" and not draft.has_contact:
        named = draft.guardian not in ("", UNNAMED)
        return FormAction("ask", draft, "email", "guardian_contact" if named else "minor_parent_contact")
    if not draft.name:
        return FormAction("ask", draft, "name", "ask_name")
    if not draft.has_contact:
        return FormAction("ask", draft, "email", "ask_contact_parent" if draft.minor == "child" else "ask_contact")
    if draft.notes is None:
        return FormAction("ask", draft, "notes", "ask_notes")
    return FormAction("ask", draft, "confirm", "ask_confirm")


def _next_of_callback(draft: Draft) -> FormAction:
    if not draft.name:
        return FormAction(
            "ask", draft, "name", "ask_guardian_callback" if draft.minor == "child" else "ask_name_callback"
        )
    if not draft.has_contact:
        return FormAction("ask", draft, "phone", "ask_phone")
    if draft.notes is None and not draft.times:
        return FormAction("ask", draft, "notes", "ask_when")
    return FormAction("ask", draft, "confirm", "ask_confirm_callback")
