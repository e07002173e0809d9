"""Contact details typed while nothing had been asked for."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime

from actions.base import Outcome, ReplyingAction
from actions.outcome import back_to_form, begin_request
from actions.services import Services
from actions.tracker import Turn
from clinic.appointments.form.flow import FormAction, next_action, next_question
from clinic.appointments.form.speech_acts import asks_for_appointment
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Asked, Draft
from clinic.dialogue.offer import ACCEPT
from clinic.dialogue.reply import Button, say

MOST_BARE = 3
# The visitor agrees to something before giving details: "fine, we'll do it this way. Gareth Hughes".
_ASSENT = re.compile(
    r"^(?:ok|okay|fine|yes|yeah|yep|aye|alright|all right|right|sure|go on|let's|please|well)\b", re.IGNORECASE
)
_WANTS = re.compile(
    r"\b(?:appointments?|book(?:ed|ing)?|consultation|sign (?:me|us) up|see (?:the|a) physio)\b", re.IGNORECASE
)


class ActionDetails(ReplyingAction):
    """Goes on with a request, or says what the details could be for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_details"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """After an offer, a phone number given instead, or a request put aside, the request begins with them."""
        if turn.form_active:
            return Outcome((), {}, back_to_form(turn))
        if begins_request(turn):
            return begin_request()
        draft = read_unasked(turn)
        if draft.has_contact:
            given.requests.left.touch(turn.conversation_id, datetime.now(UTC))
        slots = {"set_aside": asdict(draft) if draft != Draft() else None}
        button = Button("Ask for an appointment", say=ACCEPT)
        return Outcome((say(given.responses.render("details_unasked"), button),), slots)


def begins_request(turn: Turn) -> bool:
    """Whether the message asks for an appointment in so many words, or gives details for a request the visitor was
    thinking of.
    """
    if turn.form_active or turn.red_flag:
        return False
    if asks_for_appointment(turn.text):
        return True
    draft = read_unasked(turn)
    if not (draft.name or draft.has_contact):
        return False
    if draft.has_contact and _WANTS.search(turn.text):
        return True
    thinking_of_it = turn.slots.get("awaiting") in ("offer", "contact") or bool(turn.slots.get("set_aside"))
    return thinking_of_it or bool(_ASSENT.search(turn.text.strip()))


def read_unasked(turn: Turn) -> Draft:
    """What a request would hold after this message alone."""
    return begin_with(turn, Draft()).draft


def begin_with(turn: Turn, draft: Draft) -> FormAction:
    """The first step of a request; where it was just offered, a word or three can be a bare name."""
    offered = turn.slots.get("awaiting") in ("offer", "contact")
    offered = offered and (turn.intent == "inform" or turn.text.strip()[:1].isupper())
    asked: Asked = "name" if offered and len(turn.text.split()) <= MOST_BARE else ""
    step = next_action(
        draft, FormTurn(turn.text, asked, turn.intent, turn.trusted, contacts=turn.contacts, persons=turn.persons)
    )
    return step if step.outcome == "stopped" else next_question(step.draft)
