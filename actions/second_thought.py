"""Before small talk or a fact of the clinic is told: the articles may know the message as a question."""

from __future__ import annotations

from dataclasses import replace

from actions.lookup import surround
from actions.outcome import Outcome
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.answer_replies import reply_to
from clinic.dialogue.doubts import believed, of_condition, prefers_answer
from clinic.dialogue.state import Awaiting
from clinic.dialogue.turns import SURELY
from clinic.knowledge.answers import Question

NEVER = frozenset({Awaiting.ERASURE, Awaiting.WITHDRAWAL})  # what a yes or no was asked for, whatever it looks like


def without_topic(turn: Turn) -> Question:
    """The message by itself: what is spoken of makes no question of thanks."""
    return replace(turn.question, topic=None, readings={})


def answered_instead(turn: Turn, given: Services, *, fact: bool = False) -> Outcome | None:
    """The articles' answer with the offer, or None where the first guess stands. Never inside a form.

    In the place of a `fact` of the clinic only what an article says of its condition is one.
    """
    state = turn.state()
    if turn.form_active or state.card or state.awaiting in NEVER or not turn.ranking:
        return None
    guessed = believed(*turn.ranking[0], state)
    asked = without_topic(turn) if fact or guessed >= SURELY else turn.question
    answers = given.library.answer(asked)
    if not prefers_answer(guessed, of_condition(answers) if fact else answers):
        return None
    replies, topic = reply_to(given.library, turn.question)
    return surround(turn, given, replies, topic)
