"""Contact details typed while nothing had been asked for, and whether a request begins with them. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from clinic.appointments.form.asking import FormAction, next_question
from clinic.appointments.form.flow import next_action
from clinic.appointments.form.speech_acts import asks_for_appointment
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Asked, Draft

MOST_BARE = 3
ANSWERS = frozenset({"affirm", "deny", "stop", "thanks", "greet", "goodbye"})  # "Absolutely" is no name
# The visitor agrees to something before giving details: "fine, we'll do it this way. Gareth Hughes".
_ASSENT = re.compile(
    r"^(?:ok|okay|fine|yes|yeah|yep|aye|alright|all right|right|sure|go on|let's|please|well)\b", re.IGNORECASE
)
_WANTS = re.compile(
    r"\b(?:appointments?|book(?:ed|ing)?|consultation|sign (?:me|us) up|see (?:the|a) physio)\b", re.IGNORECASE
)


def begins_request(heard: FormTurn, *, offered: bool, set_aside: bool) -> bool:
    """Whether the message asks for an appointment in so many words, or gives details for a request the visitor was
    thinking of: one that was `offered`, or `set_aside`.
    """
    if heard.red_flag:
        return False
    if asks_for_appointment(heard.text):
        return True
    draft = begin_with(heard, Draft(), offered=offered).draft
    if not (draft.name or draft.has_contact):
        return False
    if draft.has_contact and _WANTS.search(heard.text):
        return True
    return offered or set_aside or bool(_ASSENT.search(heard.text.strip()))


def begin_with(heard: FormTurn, draft: Draft, *, offered: bool) -> FormAction:
    """The first step of a request; where it was just `offered`, a word or three can be a bare name."""
    capital = heard.text.strip()[:1].isupper() and not heard.is_surely(ANSWERS)
    named = offered and (heard.intent == "inform" or capital) and not heard.text.rstrip().endswith("?")
    asked: Asked = "name" if named and len(heard.text.split()) <= MOST_BARE else ""
    step = next_action(draft, replace(heard, asked=asked, red_flag=False, confidence=1.0))
    return step if step.outcome == "stopped" else next_question(step.draft)
