"""The moves about a request that was sent."""

from __future__ import annotations

from collections.abc import Callable

from actions.outcome import Outcome
from actions.services import Services
from actions.tracker import Turn
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import AppointmentError
from clinic.dialogue import cues
from clinic.dialogue.appointment_replies import changed_reply, withdrawal_reply
from clinic.dialogue.reply import say
from clinic.dialogue.request_replies import corrected, told_reply, what_changed
from clinic.dialogue.routing import Move
from clinic.dialogue.state import State

Perform = Callable[[Turn, State, Services], Outcome]


def _ask_cancel(turn: Turn, state: State, given: Services) -> Outcome:
    pending = given.requests.pending(turn.conversation_id)
    return Outcome((withdrawal_reply(pending, given.responses),), {"awaiting": "withdrawal"})


def _keep(turn: Turn, state: State, given: Services) -> Outcome:
    newest = given.requests.pending(turn.conversation_id)[0]
    return Outcome((say(given.responses.render("cancel_kept", reference=newest.reference)),), {"awaiting": None})


def _change(turn: Turn, state: State, given: Services) -> Outcome:
    newest = given.requests.pending(turn.conversation_id)[0]
    draft = corrected(newest, FormTurn(turn.text, contacts=turn.contacts, persons=turn.persons))
    if draft is None:
        named = cues.wrong_detail(turn.text) or ("name" if "name" in turn.text.lower() else "email")
        what = given.responses.render(f"detail_{named}")
        asked = given.responses.render("which_detail", reference=newest.reference, what=what)
        return Outcome((say(asked),), {"awaiting": "detail"})
    what = what_changed(newest.draft, draft, given.responses)
    try:
        after = given.requests.amend(newest, draft, what)
    except AppointmentError:
        return Outcome((say(given.responses.render("change_failed", reference=newest.reference)),), {"awaiting": None})
    return Outcome((changed_reply(after, what, given.responses),), {"awaiting": None})


def _tell(turn: Turn, state: State, given: Services) -> Outcome:
    pending = given.requests.pending(turn.conversation_id)
    if not pending:
        return Outcome((say(given.responses.render("appointment_status_nothing")),))
    return Outcome((told_reply(pending[0], given.settings, given.responses),))


MOVES_OF_REQUEST: dict[Move, Perform] = {
    Move.ASK_CANCEL: _ask_cancel,
    Move.KEEP_REQUEST: _keep,
    Move.CHANGE_REQUEST: _change,
    Move.TELL_REQUEST: _tell,
}
