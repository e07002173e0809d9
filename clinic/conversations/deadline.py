"""When a visitor must have an answer: set once, when a message has arrived; every wait takes what is left of it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

# A message is answered within five seconds. ANSWER_SECONDS of them are ours, the rest is for a machine that is too busy
# to be punctual. A turn ends SCREEN_SECONDS earlier: what is left is to look for a red flag where the engine still
# understands. What a turn waits for ends earlier still, so that it can screen and keep what was said itself.
ANSWER_SECONDS = 4.4
SCREEN_SECONDS = 0.4
SETTLE_SECONDS = 0.2


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

    def before_the_rest(self) -> Deadline:
        """When a turn must have what it waits for, so that there is time to screen and to settle."""
        return self.before(SCREEN_SECONDS + SETTLE_SECONDS)

    def left(self, most: float = math.inf) -> float:
        """The seconds until then, `most` at most; 0 once it has passed."""
        return max(0.0, min(most, self.at - time.monotonic()))
