"""Contact details typed while nothing had been asked for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from actions.base import Outcome, ReplyingAction
from actions.outcome import back_to_form, begin_request
from actions.services import Services
from actions.tracker import Turn
from clinic.appointments.form import unasked
from clinic.appointments.form.asking import FormAction
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import Draft
from clinic.dialogue.offer import ACCEPT
from clinic.dialogue.reply import Button, say


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
        draft = begin_with(turn, Draft()).draft
        if draft.has_contact:
            given.requests.left.touch(turn.conversation_id, datetime.now(UTC))
        slots = {"set_aside": asdict(draft) if draft != Draft() else None}
        button = Button("Ask for an appointment", say=ACCEPT)
        return Outcome((say(given.responses.render("details_unasked"), button),), slots)


def begins_request(turn: Turn) -> bool:
    """Whether a request begins with the message."""
    if turn.form_active:
        return False
    return unasked.begins_request(heard(turn), offered=_offered(turn), set_aside=bool(turn.slots.get("set_aside")))


def begin_with(turn: Turn, draft: Draft) -> FormAction:
    """The first step of a request."""
    return unasked.begin_with(heard(turn), draft, offered=_offered(turn))


def heard(turn: Turn) -> FormTurn:
    """The message as the form hears it, with nothing asked for."""
    return FormTurn(
        turn.text,
        intent=turn.intent,
        trusted=turn.trusted,
        red_flag=bool(turn.red_flag),
        contacts=turn.contacts,
        persons=turn.persons,
    )


def _offered(turn: Turn) -> bool:
    return turn.slots.get("awaiting") in ("offer", "contact") or bool(turn.slots.get("did_you_mean"))
