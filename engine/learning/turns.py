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


class TurnHead:
    """A head over intents and kinds together; in each phase only the kinds that can occur there are in question."""

    def __init__(self, head: Linear, turns: tuple[TaughtTurn, ...]) -> None:
        self._head = head
        readers = [_PhaseReader.of(head, turns, phase) for phase in PHASES]
        self._kinds = [one.kinds for one in readers]
        self._raised = np.stack([one.raised for one in readers])
        self._mine = [one.mine for one in readers]
        self._others = np.stack([one.mine.sum(0) == 0 for one in readers])

    def guess(self, row: np.ndarray) -> dict[str, tuple[str, float]]:
        """For each phase the likeliest kind and its share; "" and the likeliest intent's where that is likelier."""
        shares = softmax(self._head.logits(row[None, :]) + self._raised)
        likeliest = np.where(self._others, shares, 0.0).max(1)
        read = zip(self._kinds, self._mine, shares, likeliest, strict=True)
        return dict(zip(PHASES, (_likeliest(*one) for one in read), strict=True))


def _likeliest(kinds: tuple[str, ...], mine: np.ndarray, shares: np.ndarray, other: float) -> tuple[str, float]:
    found = mine @ shares
    best = int(found.argmax()) if len(found) else -1
    if best < 0 or float(found[best]) < other:
        return "", float(other)
    return kinds[best], float(found[best])


@dataclass(frozen=True)
class _PhaseReader:
    """How one phase is read: `raised` is added to the logits, `mine` (kinds × labels) adds up what means a kind."""

    kinds: tuple[str, ...]
    raised: np.ndarray
    mine: np.ndarray

    @classmethod
    def of(cls, head: Linear, turns: Sequence[TaughtTurn], phase: str) -> _PhaseReader:
        """The reader of one phase; an intent that several kinds claim is the first one's."""
        names = [str(name) for name in head.labels]
        here = {one.kind: one.intents for one in turns if phase in one.phases}
        elsewhere = {one.kind for one in turns} - here.keys()
        raised = [_AHEAD[phase] if name in here else -1e9 if name in elsewhere else 0.0 for name in names]
        mine = np.zeros((len(here), len(names)), dtype=np.float32)
        for column, name in enumerate(names):
            claims = [at for at, kind in enumerate(here) if _is_of(name, kind, here)]
            mine[claims[:1], column] = 1.0
        return cls(tuple(here), np.array(raised, dtype=np.float32), mine)


def _is_of(name: str, kind: str, here: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a label is the kind, or an intent that means it; another kind's own label is never an intent."""
    return name == kind or (name not in here and any(fnmatchcase(name, one) for one in here[kind]))


def examples_of(turns: Sequence[TaughtTurn]) -> tuple[list[str], list[str]]:
    """Every example and its kind, in the file's order."""
    pairs = [(text, one.kind) for one in turns for text in one.examples]
    return [text for text, _ in pairs], [kind for _, kind in pairs]
