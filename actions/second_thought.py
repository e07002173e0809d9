"""Before small talk is answered: the articles may know the message as a question."""

from __future__ import annotations

from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from actions.answer import with_surroundings
from actions.base import Outcome
from actions.offer import ActionOffer
from actions.services import Services
from actions.tracker import Turn
from clinic.dialogue.answer_replies import reply_to
from clinic.dialogue.routing import prefers_answer

NEVER = frozenset({"erasure", "withdrawal"})  # what a yes or no was asked for, whatever it looks like


def answered_instead(turn: Turn, given: Services) -> Outcome | None:
    """The articles' answer with the offer, or None where the first guess stands. Never inside a form."""
    if turn.form_active or turn.slots.get("awaiting") in NEVER or not turn.ranking:
        return None
    if not prefers_answer(turn.ranking[0][1], given.library.answer(turn.question)):
        return None
    replies, topic = reply_to(given.library, turn.question)
    slots: dict[str, Any] = {"topic": asdict(topic) if topic else None, "awaiting": None, "did_you_mean": 0}
    outcome = with_surroundings(turn, given, replies, slots)
    said = tuple(reply.to_json() for reply in outcome.replies)
    after = replace(turn, said=said, slots=MappingProxyType({**turn.slots, **outcome.slots}))
    offered = ActionOffer().respond(after, given)
    return Outcome((*outcome.replies, *offered.replies), {**outcome.slots, **offered.slots}, outcome.events)
