"""Where a conversation stands in the list of all: one number, higher for what was said later. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LATEST = 2**42 - 1
_SHARED = 21  # bits in which conversations of the same millisecond differ


def first_number(moment: datetime) -> int:
    """The lowest number of what was said at that moment, to the millisecond; fits into 63 bits."""
    return min(max((moment - _EPOCH) // _MILLISECOND, 0), _LATEST) << _SHARED


def list_number(last: datetime, conversation_id: str) -> int:
    """The number of a conversation in which something was said last at `last`.

    Two of the same millisecond share a number once in two million times; then one of them is not found by its words.
    """
    digest = sha256(conversation_id.encode()).digest()
    return first_number(last) | int.from_bytes(digest[:4], "big") >> (32 - _SHARED)
