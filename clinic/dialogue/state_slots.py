"""The conversation's state out of its slots, and back into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clinic.appointments.form.saying import who_is_minor
from clinic.dialogue.state import Awaiting, OpenCard, State
from clinic.knowledge.answers import Topic


def read_state(
    slots: Mapping[str, Any], *, form_active: bool = False, pending: bool = False, over: bool = False
) -> State:
    """The state that the conversation's slots hold."""
    memory = dict(slots.get("memory") or {})
    topic = slots.get("topic")
    return State(
        topic=Topic(**topic) if topic else None,
        offered_topics=tuple(slots.get("offered_topics") or ()),
        offer_declined=bool(slots.get("offer_declined")),
        disclaimer_given=bool(slots.get("disclaimer_given")),
        card=_read_card(slots.get("red_flag")),
        awaiting=Awaiting(slots.get("awaiting") or ""),
        did_you_mean=int(slots.get("did_you_mean") or 0),
        uncovered=int(memory.get("uncovered") or 0),
        asides=int(memory.get("asides") or 0),
        last_answer=slots.get("last_answer"),
        set_aside=slots.get("set_aside"),
        form_active=form_active,
        requested_slot=str(slots.get("requested_slot") or ""),
        pending=pending,
        over=over,
        memory=memory,
    )


def _read_card(kept: Mapping[str, Any] | None) -> OpenCard | None:
    if not kept or not kept.get("name"):
        return None
    return OpenCard(str(kept["name"]), bool(kept.get("reminded")), str(kept.get("told") or ""))


def card_slot(card: OpenCard | None) -> dict[str, Any] | None:
    """The slot that keeps an open card."""
    return {"name": card.name, "reminded": card.reminded, "told": card.told} if card else None


def memory_slot(state: State, **counts: int) -> dict[str, Any]:
    """The counts a conversation keeps (`uncovered`, `asides`), with these changed."""
    return {**state.memory, **counts}


def with_minor(memory: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The memory with who a message says is under 18, for the request that may follow: "our son is 10", then "book
    something for him".
    """
    minor = who_is_minor(text)
    return {**memory, "minor": minor} if minor else dict(memory)


def with_undo(state: State, before: Mapping[str, Any]) -> dict[str, Any]:
    """The memory with a sent request's details as they were before the change just made, for the next message alone."""
    return {**state.memory, "before": dict(before)}


def without_undo(memory: Mapping[str, Any]) -> dict[str, Any]:
    """The memory once another message came: what was changed stays changed."""
    return {name: value for name, value in memory.items() if name != "before"}
