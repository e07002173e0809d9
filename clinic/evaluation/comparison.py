"""Compares two runs by their `report.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .report import FORM


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in both runs: shares between 0 and 1, and the ids that were mended or broken."""

    measure: str
    before: float
    after: float
    mended: tuple[str, ...]
    broken: tuple[str, ...]


def _passes(path: Path) -> dict[str, dict[str, bool]]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if report.get("form") != FORM:
        raise ValueError(f"{path}: a report of form {report.get('form')}, not {FORM}")
    passes: dict[str, dict[str, bool]] = {}
    for outcome in report["outcomes"]:
        passes.setdefault(outcome["measure"], {})[outcome["id"]] = outcome["passed"]
    return passes


def compare_runs(before: Path, after: Path) -> tuple[Change, ...]:
    """What changed, for each measure of both runs, counted over the lines both asked.

    Raises ValueError for a report of another form.
    """
    old, new = _passes(before), _passes(after)
    changes = []
    for measure in (name for name in new if name in old):
        ids = [id_ for id_ in new[measure] if id_ in old[measure]]
        was, now = ([run[measure][id_] for id_ in ids] for run in (old, new))
        mended = tuple(id_ for id_ in ids if new[measure][id_] and not old[measure][id_])
        broken = tuple(id_ for id_ in ids if old[measure][id_] and not new[measure][id_])
        total = max(len(ids), 1)
        changes.append(Change(measure, sum(was) / total, sum(now) / total, mended, broken))
    return tuple(changes)
