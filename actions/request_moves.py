"""The moves about a request that was sent."""

from __future__ import annotations

from dataclasses import replace

from actions.lookup import answer_each
from actions.outcome import Outcome, back_to_form
from actions.performing import Perform
from actions.services import Services
from actions.tracker import Part, Turn
from clinic.appointments.form.turn import FormTurn
from clinic.appointments.model import AppointmentError, Draft, Request
from clinic.dialogue import request_cues
from clinic.dialogue.appointment_replies import appointment_reply, changed_reply, withdrawal_reply
from clinic.dialogue.reply import Reply, say
from clinic.dialogue.request_replies import (
    changed_details,
    corrected,
    over_reply,
    told_reply,
    what_changed,
    what_stands,
    with_note,
)
from clinic.dialogue.routing import Move
from clinic.dialogue.state import Awaiting, State
from clinic.dialogue.state_slots import with_undo
from language.sub_questions import sub_questions


def _ask_cancel(turn: Turn, state: State, given: Services) -> Outcome:
    """What is asked beside is answered first, so that a yes belongs to the question whether to cancel."""
    confirm = withdrawal_reply(given.requests.pending(turn.conversation_id), given.responses)
    asked = _asked_beside(turn)
    found = answer_each(replace(turn, parts=asked), given) if asked else Outcome()
    return Outcome((*found.replies, confirm), {**found.slots, "awaiting": "withdrawal"})


def _asked_beside(turn: Turn) -> tuple[Part, ...]:
    """The questions of a message that cancels: its several ones, or the only one."""
    ranking = tuple(turn.readings.get("beside", {}).items())
    only = [Part(one.point, ranking) for one in sub_questions(turn.text)[-1:] if ranking]
    return tuple(one for one in turn.parts or only if one.intent.startswith("ask_") or one.intent == "human_handoff")


def ask_withdrawal(turn: Turn, given: Services) -> Outcome:
    """The question whether to cancel what waits, or that there is nothing to."""
    pending = given.requests.pending(turn.conversation_id)
    reply = withdrawal_reply(pending, given.responses)
    return Outcome((reply,), {"awaiting": "withdrawal" if pending else None}, back_to_form(turn))


def withdraw(turn: Turn, given: Services) -> Outcome:
    """The yes to a withdrawal: what waited is cancelled."""
    cancelled = given.requests.withdraw(turn.conversation_id)
    replies = tuple(appointment_reply(one, given.responses) for one in cancelled)
    return Outcome(replies or (say(given.responses.render("cancel_nothing")),), {"awaiting": None})


def _keep(turn: Turn, state: State, given: Services) -> Outcome:
    newest = given.requests.pending(turn.conversation_id)[0]
    undoes = state.awaiting is not Awaiting.WITHDRAWAL and not request_cues.agrees(turn.text)
    if state.before and undoes:  # "no, leave it as it was", after a change
        return _amend(newest, replace(newest.draft, **state.before), state, given)
    return Outcome((say(given.responses.render("cancel_kept", reference=newest.reference)),), {"awaiting": None})


def _change(turn: Turn, state: State, given: Services) -> Outcome:
    newest = given.requests.pending(turn.conversation_id)[0]
    heard = FormTurn(turn.text, contacts=turn.contacts, persons=turn.persons)
    draft = corrected(newest, heard) or (None if request_cues.wrong_detail(turn.text) else with_note(newest, turn.text))
    if draft is None:
        return _ask_detail(newest, turn.text, given)
    what = what_changed(newest.draft, draft, given.responses)
    if not what:  # it speaks of somebody else: "it is for my son", "can you see my lad too"
        noted = with_note(newest, turn.text)
        if noted is None:
            return _ask_detail(newest, turn.text, given)
        draft, what = noted, what_changed(newest.draft, noted, given.responses)
    return _amend(newest, draft, state, given)


def _amend(newest: Request, draft: Draft, state: State, given: Services) -> Outcome:
    """Change the request, and remember for the next message what it was."""
    try:
        after = given.requests.amend(newest, draft, what_changed(newest.draft, draft, given.responses))
    except AppointmentError:
        return Outcome((say(given.responses.render("change_failed", reference=newest.reference)),), {"awaiting": None})
    now = what_stands(newest.draft, draft, given.responses)
    before = {name: getattr(newest.draft, name) for name in changed_details(newest.draft, draft)}
    slots = {"awaiting": None, "memory": with_undo(state, before)}
    return Outcome((changed_reply(after, now, given.responses),), slots)


def _ask_detail(newest: Request, text: str, given: Services) -> Outcome:
    named = request_cues.wrong_detail(text)
    if not named:
        return Outcome(
            (_asks("change", given.responses.render("which_change", reference=newest.reference)),),
            {"awaiting": "detail"},
        )
    what = given.responses.render(f"detail_{named}")
    asked = given.responses.render("which_detail", reference=newest.reference, what=what)
    return Outcome((_asks(named, asked),), {"awaiting": "detail"})


def _asks(slot: str, text: str) -> Reply:
    return Reply("ask", text, extra={"slot": slot})


def _tell(turn: Turn, state: State, given: Services) -> Outcome:
    last = given.requests.last(turn.conversation_id)
    if last is None:
        return Outcome((say(given.responses.render("appointment_status_nothing")),))
    if not last.pending:
        return Outcome((over_reply(last, given.responses),))
    return Outcome((told_reply(last, given.settings, given.responses),))


MOVES_OF_REQUEST: dict[Move, Perform] = {
    Move.ASK_CANCEL: _ask_cancel,
    Move.CANCEL_REQUEST: lambda turn, state, given: withdraw(turn, given),
    Move.KEEP_REQUEST: _keep,
    Move.CHANGE_REQUEST: _change,
    Move.TELL_REQUEST: _tell,
}
