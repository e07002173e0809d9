"""What routing decided, carried out: each move of `clinic.dialogue.routing` as one Outcome."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import FollowupAction

from actions.asides import MOVES_OF_ASIDES
from actions.card_moves import MOVES_OF_CARDS, with_reminder
from actions.fact_moves import MOVES_OF_FACTS
from actions.following_moves import MOVES_OF_FOLLOWING
from actions.lookup import answer_each, look_up
from actions.outcome import Outcome, begin_request, leave_form
from actions.performing import Perform
from actions.request_moves import MOVES_OF_REQUEST
from actions.said import said_of
from actions.second_thought import answered_instead, without_topic
from actions.services import Services
from actions.tracker import FORM, Part, Turn
from clinic.dialogue.doubts import is_taught
from clinic.dialogue.reply import Button, say
from clinic.dialogue.routing import OF_FACTS, YIELDING, Move, route
from clinic.dialogue.state import Awaiting, State
from clinic.dialogue.uncovered import RING

_BEGINNING = (
    Move.RESUME,
    Move.BEGIN_CALLBACK,
    Move.BEGIN_REQUEST,
    Move.ANSWER_AND_BEGIN,
    Move.ANSWER_AND_RING,
)  # what a form that just began is doing already


def perform(turn: Turn, given: Services) -> Outcome | None:
    """The Outcome of the move that routing chose, or None where the message goes on as it was understood."""
    begins = turn.form_active and not turn.slots.get("requested_slot")
    turn = replace(turn, form_active=turn.form_active and not begins)
    last = given.requests.last(turn.conversation_id)
    state = turn.state(pending=last is not None and last.pending, over=last is not None and not last.pending)
    move = route(state, said_of(turn, given.library.articles()))
    if move is Move.AS_UNDERSTOOD or (begins and move in _BEGINNING):
        return None
    first = turn.ranking[0] if turn.ranking else ("", 0.0)
    if move in YIELDING and is_taught(given.library.answer(without_topic(turn)), first):
        move = Move.LOOK_UP
    known = answered_instead(turn, given, fact=True) if move in OF_FACTS else None
    move = Move.LOOK_UP if known else move
    outcome = with_reminder(turn, state, given, known or _PERFORM[move](turn, state, given))
    outcome = replace(outcome, rule=move.value)
    return replace(outcome, events=leave_form()) if begins else outcome


def _resume(turn: Turn, state: State, given: Services) -> Outcome:
    return Outcome((), {"awaiting": None}, (FollowupAction(FORM),))


def _callback(turn: Turn, state: State, given: Services) -> Outcome:
    if given.settings.service.booking_page:
        return Outcome((say(given.responses.render("human_handoff")),))
    return Outcome((), {"service": "callback", "set_aside": None, "awaiting": None}, begin_request().events)


def _person(turn: Turn, state: State, given: Services) -> Outcome:
    return Outcome((say(given.responses.render("human_handoff"), RING),), {"awaiting": "contact"})


def _answer_and_begin(turn: Turn, state: State, given: Services) -> Outcome:
    """What else is asked is answered first, without the offer; the request begins with the message itself."""
    return _after_answers(turn, given, tuple(one for one in turn.parts if not one.books), begin_request())


def _answer_and_ring(turn: Turn, state: State, given: Services) -> Outcome:
    """The same where the wish is to be rung."""
    asked = tuple(one for one in turn.parts if not one.rings)
    return _after_answers(turn, given, asked, _callback(turn, state, given))


def _after_answers(turn: Turn, given: Services, asked: tuple[Part, ...], begun: Outcome) -> Outcome:
    found = answer_each(replace(turn, parts=asked, form_active=True), given)
    return Outcome((*found.replies, *begun.replies), {**found.slots, **begun.slots}, begun.events)


def _let_go(turn: Turn, state: State, given: Services) -> Outcome:
    offered = state.awaiting is Awaiting.OFFER or bool(state.offered_topics)
    text = given.responses.render("offer_declined" if offered else "deny")
    return Outcome((say(text),), {"awaiting": None, "offer_declined": offered or state.offer_declined})


def _sentence(name: str, *buttons: Button) -> Perform:
    """A move that is one sentence of `data/responses.yml`."""
    return lambda turn, state, given: Outcome((say(given.responses.render(name), *buttons),), {})


_PERFORM: dict[Move, Perform] = {
    Move.RESUME: _resume,
    Move.BEGIN_CALLBACK: _callback,
    Move.LOOK_UP: lambda turn, state, given: look_up(turn, given),
    Move.ANSWER_EACH: lambda turn, state, given: answer_each(turn, given),
    Move.BEGIN_REQUEST: lambda turn, state, given: begin_request(),
    Move.LET_GO: _let_go,
    Move.ANSWER_AND_BEGIN: _answer_and_begin,
    Move.ANSWER_AND_RING: _answer_and_ring,
    Move.WELCOME: _sentence("thanks"),
    Move.TAKE_LEAVE: _sentence("closing_heard"),
    Move.SMALL: _sentence("remark_heard"),
    Move.APOLOGISE: _sentence("grumble_heard", RING),
    Move.GIVE_PERSON: _person,
    Move.TAKE_COMPLAINT: _sentence("complaint"),
    **MOVES_OF_CARDS,
    **MOVES_OF_FACTS,
    **MOVES_OF_FOLLOWING,
    **MOVES_OF_REQUEST,
    **MOVES_OF_ASIDES,
}
