"""What of a message is looked at: the whole, and the stretches of its clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engine.components.red_flags.clauses import Clause, join, split, stretches
from engine.components.red_flags.denials import without_denied
from engine.components.red_flags.features import RuleFeatures, units

_PART_MARGIN = 0.2  # a part of a long message needs so much more: there are many to look at
_NEEDED_RULE, _NEEDED_LIST, _NEEDED_NONE = 0.3, 0.25, 0.5  # what a stretch of clauses needs more, by what it meets
_NEEDED_CORE = 0.1  # and one that only leaves out clauses at its ends in which nothing is met

Read = Callable[[str], RuleFeatures]


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a message, its evidence and what is added to its score; `core`: only its ends are left out."""

    text: str
    evidence: RuleFeatures
    more: float
    core: bool = False


def parts_of(told: Sequence[Sequence[Clause]], read: Read) -> list[Unit]:
    """The stretches of the clauses of each reading."""
    cores = {join(core) for clauses in told if (core := _core(clauses, read))}
    texts = dict.fromkeys([*cores, *(join(part) for clauses in told for part in stretches(list(clauses)))])
    return [Unit(text, read(text), -_needed(read(text), text in cores), text in cores) for text in texts]


def _needed(evidence: RuleFeatures, core: bool) -> float:
    if evidence.keys:
        return _NEEDED_RULE
    if evidence.ruled_out or not evidence.lists:
        return _NEEDED_NONE
    return _NEEDED_CORE if core else _NEEDED_LIST


def wholes_of(readings: Iterable[str], lean: float, read: Read) -> list[Unit]:
    """The message as a whole, and, when it is long, every two sentences of it."""
    found = []
    for reading in readings:
        clauses = split(reading)
        kept = without_denied(clauses)
        whole = reading.replace("\n", ". ") if len(kept) == len(clauses) else join(kept)
        for text in units(whole) if whole else ():
            found.append(Unit(text, read(text), lean - (0.0 if text == whole else _PART_MARGIN)))
    return found


def _core(clauses: Sequence[Clause], read: Read) -> list[Clause]:
    """The clauses from the first to the last in which anything of the lists is met."""
    met = [place for place, one in enumerate(clauses) if read(one.text).lists]
    return list(clauses[met[0] : met[-1] + 1]) if met else []
