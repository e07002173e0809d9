"""Many lines pasted at once: what is new, what is there already and what is no utterance, each counted and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clinic.teaching.change_model import ChangeRefused
from clinic.teaching.nlu_examples import words
from clinic.teaching.utterance_index import Snapshot
from clinic.teaching.utterances import tidy

# Why a line may not be taught, or an empty string.
Refuse = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pasted line that is not added, and why; `line` counts from 1."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What came of pasted lines."""

    new: tuple[str, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines were left out for each reason, the commonest first."""
        found: dict[str, int] = {}
        for one in self.left_out:
            reason = one.why.split(":")[0]
            found[reason] = found.get(reason, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def read_pasted(pasted: str, intent: str, snapshot: Snapshot, refuse: Refuse) -> Pasted:
    """Sort pasted lines; empty ones count for nothing."""
    new: list[str] = []
    left: list[LeftOut] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(pasted.splitlines(), 1):
        if not line.strip():
            continue
        text, why = _read_line(line, intent, snapshot, refuse)
        key = words(text)
        if not why and key in seen:
            why = f"twice in what was pasted: as line {seen[key]}"
        if why:
            left.append(LeftOut(number, text[:200], why))
        else:
            seen[key] = number
            new.append(text)
    return Pasted(tuple(new), tuple(left))


def _read_line(line: str, intent: str, snapshot: Snapshot, refuse: Refuse) -> tuple[str, str]:
    """The utterance of a line, and why it is left out or an empty string."""
    try:
        text = tidy(line)
    except ChangeRefused as error:
        return " ".join(line.split()), f"no utterance: {error}"
    if same := snapshot.same_words(text):
        there = same[0]
        place = f"{there.path}:{there.line}"
        if there.intent == intent:
            return text, f"there already: {place}"
        return text, f"taught as another intent: {there.intent}, {place}"
    return text, refuse(text)
