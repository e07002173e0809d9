"""The appointment request inside Rasa: its form, what it stores, and what is asked about it afterwards.

The form's slots are filled by nobody but `validate_appointment_form`, which Rasa calls when the form begins, at
every turn while it is active, and again after a question that came in between. It asks for what is missing itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from rasa_sdk.events import ActionExecutionRejected, ActiveLoop, SlotSet
from rasa_sdk.interfaces import Tracker

from actions.base import Event, Outcome, ReplyingAction, back_to_form, leave_form
from actions.details import begin_with
from actions.request_moves import ask_withdrawal, withdraw
from actions.request_slots import (
    ASKED,
    SLOT,
    cleared_slots,
    draft_slots,
    read_draft,
    restored_draft,
    set_aside_slots,
)
from actions.said import said_of
from actions.services import Services
from actions.tracker import FORM, Turn
from clinic.appointments.form.asking import FormAction, next_question
from clinic.appointments.form.flow import next_action
from clinic.appointments.form.overhearing import overhear
from clinic.appointments.form.turn import SURELY, FormTurn, step_of
from clinic.appointments.model import Asked, Origin, ServiceKind
from clinic.dialogue.appointment_replies import (
    appointment_reply,
    ask_reply,
    booking_page_reply,
    consent_text,
    status_reply,
)
from clinic.dialogue.classifying import is_believed
from clinic.dialogue.reply import say
from clinic.dialogue.state_slots import memory_slot


class ValidateAppointmentForm(ReplyingAction):
    """Reads each message of the form and says what happens next."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "validate_appointment_form"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """Ask on, answer a question first, stop, or hand a confirmed request on to be stored."""
        asked = ASKED.get(turn.slots.get("requested_slot"), "")
        if given.settings.service.booking_page:
            link = booking_page_reply(given.settings, given.responses)
            return Outcome((link,), {**cleared_slots(), "awaiting": None}, leave_form())
        if asked and _came_back(turn):
            draft = read_draft(turn.slots)
            return _ask(turn, given, next_question(overhear(draft, _heard(turn, asked))), resumed=True)
        step = _step(turn, asked)
        if step.outcome in ("interrupted", "red_flag"):
            rejected = (ActionExecutionRejected(FORM),)
            return Outcome((), {**draft_slots(step.draft), "confirmed": None}, rejected)
        if step.outcome == "stopped":
            given.requests.left.touch(turn.conversation_id, datetime.now(UTC), left=True)
            slots = {**cleared_slots(), "awaiting": None, "offer_declined": True}
            text = given.responses.render("form_stopped" if asked else "offer_declined")
            return Outcome((say(text),), slots, leave_form())
        if step.outcome == "confirmed":
            return Outcome((), {"confirmed": True, "requested_slot": None})
        return _ask(turn, given, step)

    def on_failure(self, tracker: Tracker) -> list[Event]:
        """Nothing was heard: the same is still asked for; a form that could not begin does not."""
        asked = tracker.slots.get("requested_slot")
        same = [SlotSet("confirmed", None), SlotSet("requested_slot", asked)]
        return same if asked else [*same, SlotSet("awaiting", "offer"), ActiveLoop(None)]


class ActionSubmitAppointment(ReplyingAction):
    """Stores a confirmed request and gives its reference; a form that ended without a yes stores nothing."""

    routed = False  # the message was the form's yes, whatever it looks like outside a form

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_submit_appointment"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """One request for one confirmation, whatever is retried."""
        if not turn.slots.get("confirmed"):
            return Outcome()
        version = given.settings.privacy.consent_version
        origin = Origin(turn.conversation_id, turn.message_id)
        request = given.requests.take(
            read_draft(turn.slots), consent_text(given.settings, given.responses), version, origin
        )
        slots = {**cleared_slots(), "awaiting": None, "offer_declined": True}
        slots["memory"] = {**memory_slot(turn.state(), of_clinic=1), "minor": ""}
        mailed = given.settings.mail.enabled
        return Outcome((appointment_reply(request, given.responses, mailed=mailed),), slots)

    def on_failure(self, tracker: Tracker) -> list[Event]:
        """What was confirmed is kept, so that the visitor need only say yes once more."""
        slots = {**set_aside_slots(tracker.slots), "awaiting": "offer"}
        return [SlotSet(name, value) for name, value in slots.items()]


class ActionWithdraw(ReplyingAction):
    """Asks before a request is cancelled."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_withdraw"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """The question, or that there is no request."""
        if turn.slots.get("awaiting") == "withdrawal":
            return withdraw(turn, given)  # "Yes, cancel it" says the same once more.
        return ask_withdrawal(turn, given)


class ActionAppointmentStatus(ReplyingAction):
    """Where a request stands, or how a time can be changed."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_appointment_status"

    def respond(self, turn: Turn, given: Services) -> Outcome:
        """What the clinic answered, where it did."""
        pending = given.requests.pending(turn.conversation_id)
        reply = status_reply(turn.intent, pending, given.settings, given.responses)
        return Outcome((reply,), {}, back_to_form(turn))


def _step(turn: Turn, asked: Asked) -> FormAction:
    if not asked:
        draft = restored_draft(turn.slots)
        draft = replace(draft, minor=draft.minor or turn.state().minor)
        rung: ServiceKind = "callback" if turn.slots.get("service") else ""
        return begin_with(turn, replace(draft, service=rung or draft.service))
    return next_action(read_draft(turn.slots), _heard(turn, asked))


def _heard(turn: Turn, asked: Asked) -> FormTurn:
    """The message as the form hears it, where `asked` was asked for."""
    confidence = turn.ranking[0][1] if turn.ranking else 0.0
    red_flag = bool(turn.red_flag) or (turn.trusted and turn.intent == "report_red_flag")
    believed = is_believed(said_of(turn))
    heard = FormTurn(turn.text, asked, turn.intent, believed, red_flag, confidence, turn.contacts, turn.persons)
    learned = turn.turns.get(step_of(asked, read_draft(turn.slots).service), ("", 0.0))
    times = turn.share_of("times", "gives_times")
    rings = turn.share_of("talk", "callback") >= SURELY
    return replace(heard, learned=learned, times=times, rings=rings)


def _ask(turn: Turn, given: Services, step: FormAction, *, resumed: bool = False) -> Outcome:
    given.requests.left.touch(turn.conversation_id, datetime.now(UTC))
    state = turn.state()
    asides = state.asides + 1 if resumed else 0 if not turn.slots.get("requested_slot") else state.asides
    reply = ask_reply(step, given.settings, given.responses, resumed=resumed, asides=asides)
    slots: dict[str, Any] = {**draft_slots(step.draft), "set_aside": None, "confirmed": None, "awaiting": None}
    slots["memory"] = memory_slot(state, asides=asides)
    return Outcome((reply,), slots | {"requested_slot": SLOT[step.asked]})


def _came_back(turn: Turn) -> bool:
    """Whether the message at hand was answered already and the form only has to ask again."""
    return any(one != FORM for one in turn.actions) or turn.actions.count(FORM) > 1
