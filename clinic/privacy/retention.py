"""Erases conversations that have been silent for too long. Appointment requests are kept apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from clinic.privacy.erasure import Erasure

# At most so many at once: the next run of the worker goes on, and no visitor waits for the database.
BATCH = 200


def retire(silent_since: Callable[[datetime, int], list[str]], erasure: Erasure, now: datetime, days: int) -> int:
    """Erase up to BATCH conversations that nobody spoke in for `days` days; returns how many."""
    old = silent_since(now - timedelta(days=days), BATCH)
    erasure.retire(old)
    return len(old)
