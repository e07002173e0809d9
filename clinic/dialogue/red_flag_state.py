"""What a card shown earlier means for the turns that follow it.

The `red_flag` slot holds `{"name": key of the flag, "reminded": bool}` from the card on, and None before it
and after the visitor has said that it is dealt with. A message that raises a flag always gets its card; a
message that does not is answered as ever, with one reminder and without an offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Slot = Mapping[str, Any] | None


def raised(key: str) -> dict[str, Any]:
    """The slot once the card of that flag has been shown."""
    return {"name": key, "reminded": False}


def should_remind(slot: Slot) -> bool:
    """Whether this turn carries the reminder: the first after a card that is about something else."""
    return bool(slot and slot.get("name")) and not (slot or {}).get("reminded")


def reminded(slot: Slot) -> dict[str, Any] | None:
    """The slot once the reminder has been said."""
    return {**slot, "reminded": True} if slot else None


def may_offer(slot: Slot) -> bool:
    """Whether the appointment may be offered unasked: not while a flag stands open."""
    return not (slot and slot.get("name"))
