"""What was found out about a candidate: how it compares, what it would lose, and why it may not be published."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clinic.teaching.comparison import Comparison
from clinic.teaching.learning import State
from clinic.teaching.releases import Note

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with what was found out about it."""

    candidate: Path
    note: Note
    state: State
    comparison: Comparison
    lost: tuple[str, ...]

    def reasons(self) -> list[str]:
        """Why it may not be published; none where it may."""
        told = []
        if self.lost:
            noun = "emergency" if len(self.lost) == 1 else "emergencies"
            told.append(f"{len(self.lost)} {noun} would no longer raise a card, such as “{self.lost[0]}”.")
        if not self.comparison.may_be_published:
            worse = self.comparison.right_before - self.comparison.right_after
            told.append(f"{worse} more of the {self.comparison.total} measured utterances would be misunderstood.")
        return told


def told_of(found: Found) -> dict[str, Any]:
    """What was found, as a run keeps it."""
    comparison = found.comparison
    return {
        "candidate": found.candidate.name,
        "total": comparison.total,
        "before": comparison.right_before,
        "after": comparison.right_after,
        "better": [asdict(one) for one in comparison.better[:SHOWN]],
        "worse": [asdict(one) for one in comparison.worse[:SHOWN]],
        "other": [asdict(one) for one in comparison.other[:SHOWN]],
        "lost": list(found.lost[:SHOWN]),
        "reasons": found.reasons(),
    }
