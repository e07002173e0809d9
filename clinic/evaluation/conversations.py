"""Scores messages that ask several things, and whole conversations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .items import ConversationItem, ConversationTurn, QuestionPart, SeveralItem
from .matching import facts_match, normalise
from .model import Outcome
from .transcript import Exchange, HeardReply

_OPEN = r"\b(?:don't|doesn't|do not|does not|can't|cannot|couldn't|isn't|not) "


def score_several(item: SeveralItem, exchange: Exchange) -> list[Outcome]:
    """One outcome a message: right when every part is answered, or named as not covered."""
    missing = [str(at) for at, part in enumerate(item.parts, 1) if not _is_answered(part, exchange.replies)]
    why = f"part {', '.join(missing)} of {len(item.parts)} not answered" if missing else ""
    return [Outcome("several questions, all answered", item.id, f"{len(item.parts)} parts", not why, why, (exchange,))]


def _is_answered(part: QuestionPart, replies: Sequence[HeardReply]) -> bool:
    if part.source == "uncovered":
        said = normalise(" ".join(reply.text for reply in replies if reply.kind in ("not_covered", "say")))
        return bool(re.search(_OPEN, said))
    kinds = ("answer",) if part.source == "article" else ("answer", "say", "offer", "ask")
    return facts_match([reply.text for reply in replies if reply.kind in kinds], part.facts)


def score_conversation(item: ConversationItem, exchanges: tuple[Exchange, ...]) -> list[Outcome]:
    """One outcome a conversation, and one for each cell a turn stands for."""
    found = []
    whys = [_fault(turn, exchange) for turn, exchange in zip(item.turns, exchanges, strict=True)]
    for number, (turn, why) in enumerate(zip(item.turns, whys, strict=True), 1):
        if turn.cell:
            name, so_far = f"{item.id}#{number}", exchanges[:number]
            found.append(Outcome("conversations, turns by cell", name, turn.cell, not why, why, so_far))
    faults = [f"turn {number}: {why}" for number, why in enumerate(whys, 1) if why]
    if stored := _stored_fault(item, exchanges):
        faults.append(stored)
    why = "; ".join(faults)
    return [Outcome("whole conversations", item.id, f"{len(item.turns)} turns", not why, why, exchanges), *found]


def _fault(turn: ConversationTurn, exchange: Exchange) -> str:
    replies = exchange.replies
    kinds = [reply.kind for reply in replies]
    text = normalise(" \n ".join(reply.text for reply in replies))
    if lost := [kind for kind in turn.kinds if kind not in kinds]:
        return f"no {', '.join(lost)} but {', '.join(kinds)}"
    if wrong := [kind for kind in turn.not_kinds if kind in kinds]:
        return f"a reply of kind {', '.join(wrong)}"
    if unsaid := [one for one in turn.say if not re.search(one, text, re.IGNORECASE)]:
        return f"does not say {', '.join(unsaid)}"
    if said := [one for one in turn.not_say if re.search(one, text, re.IGNORECASE)]:
        return f"says {', '.join(said)}"
    if turn.destination and turn.destination not in [reply.destination for reply in replies]:
        return f"does not send to {turn.destination}"
    return f"does not ask for {turn.slot}" if turn.slot and turn.slot not in [one.slot for one in replies] else ""


def _stored_fault(item: ConversationItem, exchanges: Sequence[Exchange]) -> str:
    """What the last appointment reply holds other than it should."""
    told = [reply.appointment for one in exchanges for reply in one.replies if reply.appointment]
    last = told[-1] if told else None
    for key, wanted in item.stored.items():
        have = getattr(last, key, "") if last else ""
        if wanted == "none" and key in ("status", "outcome") and last is None:
            continue
        name = "status" if key == "outcome" else key
        have = getattr(last, name, "") if last else ""
        if name == "status" and {have, wanted} == {"changed", "requested"}:
            continue
        if normalise(wanted) not in normalise(have):
            return f"stored {name} is {have or 'nothing'}, not {wanted}"
    return ""
