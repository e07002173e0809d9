"""Scores messages that ask several things, and whole conversations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .conversation_items import ConversationItem, ConversationTurn
from .items import QuestionPart, SeveralItem
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
    """One outcome a conversation, and one for each cell a turn stands for.

    An exchange beyond the turns is the confirmation: it counts for what is stored alone.
    """
    found = []
    whys = [_fault(turn, exchange) for turn, exchange in zip(item.turns, exchanges[: len(item.turns)], strict=True)]
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
    text = normalise(" \n ".join(part for reply in replies for part in (reply.text, *reply.labels)))
    if turn.kinds and not set(turn.kinds) & set(kinds):
        return f"no {' or '.join(turn.kinds)} but {', '.join(kinds)}"
    if wrong := [kind for kind in turn.not_kinds if kind in kinds]:
        return f"a reply of kind {', '.join(wrong)}"
    if unsaid := [group for group in turn.say if not any(re.search(one, text, re.IGNORECASE) for one in group)]:
        return f"does not say {'; '.join(' or '.join(group) for group in unsaid)}"
    if said := [one for one in turn.not_say if re.search(one, text, re.IGNORECASE)]:
        return f"says {', '.join(said)}"
    if turn.destination and not set(turn.destination) & {reply.destination for reply in replies}:
        return f"does not send to {' or '.join(turn.destination)}"
    return f"does not ask for {turn.slot}" if turn.slot and turn.slot not in [one.slot for one in replies] else ""


def _stored_fault(item: ConversationItem, exchanges: Sequence[Exchange]) -> str:
    """What the last appointment reply holds other than it should."""
    told = [reply.appointment for one in exchanges for reply in one.replies if reply.appointment]
    wanted = item.stored
    if wanted.outcome == "none":
        return "a request was stored" if told else ""
    if not told:
        return f"nothing was stored, not {wanted.outcome}" if wanted.outcome else ""
    last = told[-1]
    if wanted.outcome and last.status != wanted.outcome:
        return f"stored status is {last.status}, not {wanted.outcome}"
    if wanted.service and (last.service or "online_appointment") != wanted.service:
        return f"stored service is {last.service}, not {wanted.service}"
    if normalise(wanted.name) not in normalise(last.name):
        return f"stored name is {last.name}, not {wanted.name}"
    if wanted.email and wanted.email.lower() != last.email.lower():
        return f"stored email is {last.email}, not {wanted.email}"
    if wanted.phone and _digits(wanted.phone) != _digits(last.phone):
        return f"stored phone is {last.phone}, not {wanted.phone}"
    return "" if facts_match([last.notes], wanted.notes) else f"stored notes are {last.notes or 'empty'}"


def _digits(phone: str) -> str:
    """A number's digits, without +44 or the zero in its place."""
    return re.sub(r"\D", "", phone.replace("+44", "0")).lstrip("0")
