"""The kinds of turn that `data/turns.yml` teaches: what a visitor does with a message where the conversation stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np

from engine.learning.logistic_regression import Linear, softmax
from language.data_file import DataFileError, load

STEPS = ("name", "contact", "notes", "times", "confirm")  # what the form asked for last
PHASES = ("card", "sent", "withdrawing", "aside", "offer", "talk", *STEPS)
# How much likelier a kind is where it can occur than its few examples say: under an open card nearly all is about it.
_AHEAD = {phase: 1.0 if phase == "talk" else 2.0 for phase in PHASES}


@dataclass(frozen=True)
class TaughtTurn:
    """One kind of turn: where it can occur, the intents that mean it there (`ask_*` for many), how visitors say it."""

    kind: str
    phases: tuple[str, ...]
    intents: tuple[str, ...]
    examples: tuple[str, ...]


def read_turns(path: Path) -> tuple[TaughtTurn, ...]:
    """The kinds in the file; raises DataFileError with the line to mend."""
    document = load(path)
    written = (document.plain or {}).get("turns") or []
    return tuple(_read(one, path, document.marked["turns"].lc.item(at)[0] + 1) for at, one in enumerate(written))


def _read(one: Mapping[str, object], path: Path, line: int) -> TaughtTurn:
    kind, phases = one.get("kind"), one.get("in")
    lines = [text.strip() for text in str(one.get("examples") or "").splitlines()]
    examples = tuple(text for text in lines if text)
    if not isinstance(kind, str) or not examples:
        raise DataFileError(path, line, "a turn needs `kind` and `examples`")
    if not isinstance(phases, list) or not phases or not set(phases) <= set(PHASES):
        raise DataFileError(path, line, f"`in` of {kind} must be a list of {', '.join(PHASES)}")
    intents = one.get("intents") or []
    return TaughtTurn(kind, tuple(phases), tuple(intents) if isinstance(intents, list) else (), examples)


@dataclass(frozen=True)
class TurnHead:
    """A head over intents and kinds together; in each phase only the kinds that can occur there are in question."""

    head: Linear
    turns: tuple[TaughtTurn, ...]

    def guess(self, row: np.ndarray) -> dict[str, tuple[str, float]]:
        """For each phase the likeliest kind and its share; "" where an intent is likelier than every kind."""
        logits = self.head.logits(row[None, :])[0]
        return {phase: self._in_phase(logits, phase) for phase in PHASES}

    def _in_phase(self, logits: np.ndarray, phase: str) -> tuple[str, float]:
        here = {one.kind: one.intents for one in self.turns if phase in one.phases}
        elsewhere = {one.kind for one in self.turns} - here.keys()
        names = [str(name) for name in self.head.labels]
        raised = [_AHEAD[phase] if name in here else -1e9 if name in elsewhere else 0.0 for name in names]
        shares = dict(zip(names, softmax((logits + raised)[None, :])[0].tolist(), strict=True))
        for kind, intents in here.items():
            meant = [name for name in shares if any(fnmatchcase(name, one) for one in intents)]
            shares[kind] = shares.get(kind, 0.0) + sum(shares.pop(one) for one in meant)
        best = max(shares, key=shares.__getitem__)
        return (best, shares[best]) if best in here else ("", shares[best])


def examples_of(turns: Sequence[TaughtTurn]) -> tuple[list[str], list[str]]:
    """Every example and its kind, in the file's order."""
    pairs = [(text, one.kind) for one in turns for text in one.examples]
    return [text for text, _ in pairs], [kind for _, kind in pairs]
