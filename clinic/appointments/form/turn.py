"""One message inside the form, and what its intent may mean there."""

from __future__ import annotations

from dataclasses import dataclass

from clinic.appointments.form.confirmation import says_yes
from clinic.appointments.model import Asked, ServiceKind
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
SURELY = 0.6  # how sure a learned kind must be to end the request, or to speak against a word that ends it
FEW = 3  # words of a yes that is plain in itself
LIKELY = 0.5  # a learned kind of turn counts from here, where nothing but the course of the form hangs on it
_STEPS: dict[Asked, str] = {"name": "name", "email": "contact", "phone": "contact", "notes": "notes"}


def step_of(asked: Asked, service: ServiceKind) -> str:
    """The step of the form as `data/turns.yml` names it; "" where nothing was asked for."""
    if asked in ("confirm", "change"):
        return "confirm"
    return "times" if asked == "notes" and service == "callback" else _STEPS.get(asked, "")


@dataclass(frozen=True, slots=True)
class FormTurn:
    """One message inside the form: what was asked before it, what the engine took it for, and what it found there.

    `learned` is the kind of turn that was learned for this step, and its share; `times` how surely it gives times,
    whatever was asked, and `rings` whether it is learned as the wish to be rung.
    """

    text: str
    asked: Asked = ""
    intent: str = ""
    trusted: bool = False
    red_flag: bool = False
    confidence: float = 1.0
    contacts: tuple[Contact, ...] = ()
    persons: tuple[PersonName, ...] = ()
    learned: tuple[str, float] = ("", 0.0)
    times: float = 0.0
    rings: bool = False

    def agrees(self) -> bool:
        """Whether it is a yes: in its words, or understood as one beyond doubt."""
        surely = self.is_surely(AGREEING) and self.confidence >= BEYOND_DOUBT
        if self._learned_else() and len(self.text.split()) > FEW:
            return False
        return says_yes(self.text, trusted=surely or self.does("agrees", least=BEYOND_DOUBT))

    def _learned_else(self) -> bool:
        """Whether neither its kind nor its intent is a yes: "haha right, it's online" holds the word alone."""
        return self.learned[0] not in ("", "agrees") and self.intent != "affirm"

    def does(self, *kinds: str, least: float = LIKELY) -> bool:
        """Whether one of `kinds` was learned for it, at least that surely."""
        name, share = self.learned
        return name in kinds and share >= least

    def is_surely(self, intents: frozenset[str]) -> bool:
        """Whether it was understood for certain as one of `intents`."""
        return self.trusted and self.intent in intents
