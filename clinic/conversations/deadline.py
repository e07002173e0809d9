"""When a visitor must have an answer: set once, when a message has arrived; every wait takes what is left of it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the machine's monotonic clock, which no change of the time of day moves."""

    at: float

    @classmethod
    def after(cls, seconds: float, arrived: float | None = None) -> Deadline:
        """So many seconds after a moment of that clock; after now where none is given."""
        return cls((time.monotonic() if arrived is None else arrived) + seconds)

    def before(self, seconds: float) -> Deadline:
        """The moment so many seconds earlier: what comes afterwards needs them."""
        return Deadline(self.at - seconds)

    def left(self, most: float = math.inf) -> float:
        """The seconds until then, `most` at most; 0 once it has passed."""
        return max(0.0, min(most, self.at - time.monotonic()))
