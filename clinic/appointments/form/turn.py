"""One message inside the form, and what its intent may mean there."""

from __future__ import annotations

from dataclasses import dataclass

from clinic.appointments.form.confirmation import says_yes
from clinic.appointments.model import Asked
from language.contacts import Contact
from language.person_names.model import PersonName

# Understood for certain, these are answered first; ask_* are added by `interrupts`.
_TALK_WORDS = """
privacy what_can_you_do human_handoff request_callback bot_challenge language complaint abuse repeat read_more
follow_up_why follow_up_then follow_up_who doubt_clinician delete_my_data
greet goodbye thanks feedback_negative appointment_status change_appointment
out_of_scope
"""
TALK = frozenset(_TALK_WORDS.split())
# What belongs to the request itself and never interrupts it.
OWN = frozenset({"inform", "affirm", "deny", "book_appointment", "resume_request", "describe_symptom", "tell_detail"})
LEAVING = frozenset({"stop", "cancel_appointment"})
AGREEING = frozenset({"affirm", "book_appointment", "feedback_positive"})
# A consent is not guessed: below this an intent alone is no yes.
BEYOND_DOUBT = 0.8


@dataclass(frozen=True, slots=True)
class FormTurn:
    """One message inside the form: what was asked before it, what the engine took it for, and what it found there."""

    text: str
    asked: Asked = ""
    intent: str = ""
    trusted: bool = False
    red_flag: bool = False
    confidence: float = 1.0
    contacts: tuple[Contact, ...] = ()
    persons: tuple[PersonName, ...] = ()

    def agrees(self) -> bool:
        """Whether it is a yes: in its words, or understood as one beyond doubt."""
        return says_yes(self.text, trusted=self.is_surely(AGREEING) and self.confidence >= BEYOND_DOUBT)

    def is_surely(self, intents: frozenset[str]) -> bool:
        """Whether it was understood for certain as one of `intents`."""
        return self.trusted and self.intent in intents
