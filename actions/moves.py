"""What routing decided, carried out: each move of `clinic.dialogue.routing` as one Outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk.events import FollowupAction

from actions.asides import MOVES_OF_ASIDES
from actions.lookup import answer_each, look_up
from actions.outcome import Outcome, back_to_form, begin_request, leave_form
from actions.request_moves import MOVES_OF_REQUEST
from actions.said import said_of
from actions.services import Services
from actions.tracker import FORM, Turn
from clinic.dialogue import continuing
from clinic.dialogue.answer_replies import topic_buttons_of
from clinic.dialogue.article_facts import article_reply
from clinic.dialogue.card_replies import card_reply
from clinic.dialogue.clinic_facts import FACT_INTENTS, LENGTH, TERMS
from clinic.dialogue.follow_turns import follow_up_of
from clinic.dialogue.offer import ACCEPT
from clinic.dialogue.remarks import FollowUp
from clinic.dialogue.reply import Button, Reply, reply_from_json, say
from clinic.dialogue.routing import Move, route
from clinic.dialogue.small_talk import ABOUT_BOOKING, OF_CLINIC, clinic_fact
from clinic.dialogue.state import Awaiting, OpenCard, State, card_slot, memory_slot, told
from clinic.dialogue.uncovered import RING
from clinic.knowledge.model import Question, Topic

Perform = Callable[[Turn, State, Services], Outcome]
BARE = 3  # words; "what then" asks for what comes next
_BEGINNING = (
    Move.RESUME,
    Move.BEGIN_CALLBACK,
    Move.BEGIN_REQUEST,
    Move.ANSWER_AND_BEGIN,
)  # what a form that just began is doing already
GO_ON = Button("Go on with the request", say="Go on with my appointment request")


def perform(turn: Turn, given: Services) -> Outcome | None:
    """The Outcome of the move that routing chose, or None where the message goes on as it was understood."""
    begins = turn.form_active and not turn.slots.get("requested_slot")
    turn = replace(turn, form_active=turn.form_active and not begins)
    last = given.requests.last(turn.conversation_id)
    state = turn.state(pending=last is not None and last.pending, over=last is not None and not last.pending)
    move = route(state, said_of(turn, given.library.articles()))
    if move is Move.AS_UNDERSTOOD or (begins and move in _BEGINNING):
        return None
    outcome = with_reminder(turn, state, given, _PERFORM[move](turn, state, given))
    outcome = replace(outcome, rule=move.value)
    return replace(outcome, events=leave_form()) if begins else outcome


def with_reminder(turn: Turn, state: State, given: Services, outcome: Outcome) -> Outcome:
    """The outcome with the one reminder of an open card, where it speaks of something else."""
    card = state.card
    if card is None or card.reminded or not outcome.replies or "red_flag" in outcome.slots:
        return outcome
    reminder = given.fixed.reminder(card.name)
    slots = {**outcome.slots, "red_flag": card_slot(replace(card, reminded=True))}
    plain = tuple(_unbooked(one) for one in outcome.replies if one.kind != "offer")
    return Outcome((reminder, *plain) if reminder else plain, slots, outcome.events)


def _unbooked(reply: Reply) -> Reply:
    return replace(reply, buttons=tuple(one for one in reply.buttons if one.say != ACCEPT))


def _card_again(turn: Turn, state: State, given: Services) -> Outcome:
    open_card = state.card or OpenCard("")
    card = given.fixed.card(open_card.name)
    if card is None:
        return Outcome((given.fixed.failure(),), {"red_flag": None})
    learned = said_of(turn).learned(state)
    reply, asked = card_reply(card, open_card, turn.text, given.responses, learned)
    slots = {"red_flag": card_slot(told(open_card, asked.value)), "awaiting": None}
    return Outcome((reply,), slots, leave_form() if turn.form_active else ())


def _close_card(turn: Turn, state: State, given: Services) -> Outcome:
    slots: dict[str, Any] = {"red_flag": None, "awaiting": "resume" if state.set_aside else None}
    if state.set_aside:
        return Outcome((say(given.responses.render("solved_aside"), GO_ON),), slots)
    return Outcome((say(given.responses.render("solved")),), slots)


def _resume(turn: Turn, state: State, given: Services) -> Outcome:
    return Outcome((), {"awaiting": None}, (FollowupAction(FORM),))


def _callback(turn: Turn, state: State, given: Services) -> Outcome:
    if given.settings.service.booking_page:
        return Outcome((say(given.responses.render("human_handoff")),))
    return Outcome((), {"service": "callback", "set_aside": None, "awaiting": None}, begin_request().events)


def _fact(turn: Turn, state: State, given: Services) -> Outcome:
    intent = turn.intent if turn.intent in FACT_INTENTS else LENGTH
    reply = clinic_fact(intent, given.responses, given.settings)
    return Outcome((reply,), {"memory": memory_slot(state, of_clinic=1)}, _back(turn))


def _about_booking(turn: Turn, state: State, given: Services) -> Outcome:
    known = turn.trusted and turn.intent in OF_CLINIC  # a learned turn may have any intent
    intent = turn.intent if known else ABOUT_BOOKING
    reply = clinic_fact(intent, given.responses, given.settings)
    if turn.form_active:
        return Outcome((replace(reply, buttons=()),), {}, _back(turn))
    return Outcome((reply,), {"awaiting": "offer"})


def _terms(turn: Turn, state: State, given: Services) -> Outcome:
    reply = clinic_fact(TERMS, given.responses, given.settings)
    return Outcome((reply,), {"memory": memory_slot(state, of_clinic=1)}, _back(turn))


def _back(turn: Turn) -> tuple[dict[str, Any], ...]:
    """Inside the form, the answer is followed by the question that was open."""
    return back_to_form(turn)


def _no_judgement(turn: Turn, state: State, given: Services) -> Outcome:
    buttons = topic_buttons_of(given.library.articles(), state.topic)
    return Outcome((say(given.responses.render("other_clinician"), *buttons),), {}, _back(turn))


def _about_article(turn: Turn, state: State, given: Services) -> Outcome:
    return Outcome(
        (article_reply(state.topic or turn.topic, given.library.articles(), given.responses),), {}, _back(turn)
    )


def _continue(turn: Turn, state: State, given: Services) -> Outcome:
    how = follow_up_of(state, said_of(turn))
    last, articles = reply_from_json(state.last_answer or {}), given.library.articles()
    if how is FollowUp.SIMPLER:
        return Outcome((continuing.simpler(last, articles, given.responses),))
    bare = len(turn.text.split()) <= BARE
    if how is not FollowUp.MORE and not (bare and how is FollowUp.THEN):
        found = look_up(turn, given, _asked_anew(turn, state, how) if bare else None)
        answers = [one for one in found.replies if one.kind == "answer"]
        if any(_stands(how, bare) or not continuing.is_same(one, last) for one in answers):
            return found
    reply = continuing.continued(last, how or FollowUp.MORE, turn.text, articles, given.responses)
    slots = {"last_answer": reply.to_json()} if reply.kind == "answer" else {}
    return Outcome((reply,), slots)


def _stands(how: FollowUp | None, bare: bool) -> bool:
    """Whether the last answer may hold this one too: where it is, or why and who in a question of some words."""
    return how is FollowUp.WHERE or (not bare and how in (FollowUp.WHY, FollowUp.WHO))


def _asked_anew(turn: Turn, state: State, how: FollowUp | None) -> Question | None:
    """The whole question that a bare follow-up stands for, to the same article; None where it stands for none."""
    if how not in continuing.ASKED or state.topic is None:
        return None
    text, intent = continuing.ASKED[how]
    if how is FollowUp.WHY and state.topic.question:
        text = f"why {state.topic.question}"
    return replace(
        turn.question, text=text, intent=intent, ranking=((intent, 1.0),), topic=Topic(state.topic.article), readings={}
    )


def _acknowledge(turn: Turn, state: State, given: Services) -> Outcome:
    buttons = topic_buttons_of(given.library.articles(), state.topic or turn.topic)
    return Outcome((say(given.responses.render("noted"), *buttons),))


def _not_understood(turn: Turn, state: State, given: Services) -> Outcome:
    buttons = topic_buttons_of(given.library.articles(), state.topic or turn.topic)
    return Outcome((say(given.responses.render("not_understood"), *buttons),))


def _person(turn: Turn, state: State, given: Services) -> Outcome:
    return Outcome((say(given.responses.render("human_handoff"), RING),), {"awaiting": "contact"})


def _answer_and_begin(turn: Turn, state: State, given: Services) -> Outcome:
    """What else is asked is answered first, without the offer; the request begins with the message itself."""
    asked = tuple(one for one in turn.parts if not one.books)
    found = answer_each(replace(turn, parts=asked, form_active=True), given)
    return Outcome(found.replies, found.slots, begin_request().events)


def _let_go(turn: Turn, state: State, given: Services) -> Outcome:
    offered = state.awaiting is Awaiting.OFFER or bool(state.offered_topics)
    text = given.responses.render("offer_declined" if offered else "deny")
    return Outcome((say(text),), {"awaiting": None, "offer_declined": offered or state.offer_declined})


def _sentence(name: str, *buttons: Button) -> Perform:
    """A move that is one sentence of `data/responses.yml`."""
    return lambda turn, state, given: Outcome((say(given.responses.render(name), *buttons),), {})


_PERFORM: dict[Move, Perform] = {
    Move.CARD_AGAIN: _card_again,
    Move.CLOSE_CARD: _close_card,
    Move.RESUME: _resume,
    Move.BEGIN_CALLBACK: _callback,
    Move.TELL_FACT: _fact,
    Move.TELL_BOOKING: _about_booking,
    Move.TELL_TERMS: _terms,
    Move.NO_JUDGEMENT: _no_judgement,
    Move.TELL_ARTICLE: _about_article,
    Move.LOOK_UP: lambda turn, state, given: look_up(turn, given),
    Move.CONTINUE: _continue,
    Move.ACKNOWLEDGE: _acknowledge,
    Move.NOT_UNDERSTOOD: _not_understood,
    Move.ANSWER_EACH: lambda turn, state, given: answer_each(turn, given),
    Move.BEGIN_REQUEST: lambda turn, state, given: begin_request(),
    Move.LET_GO: _let_go,
    Move.ANSWER_AND_BEGIN: _answer_and_begin,
    Move.WELCOME: _sentence("thanks"),
    Move.TAKE_LEAVE: _sentence("closing_heard"),
    Move.SMALL: _sentence("remark_heard"),
    Move.APOLOGISE: _sentence("grumble_heard", RING),
    Move.GIVE_PERSON: _person,
    Move.TAKE_COMPLAINT: _sentence("complaint"),
    **MOVES_OF_REQUEST,
    **MOVES_OF_ASIDES,
}
