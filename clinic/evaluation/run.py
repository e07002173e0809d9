"""Evaluates the running assistant on a folder of sets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import httpx

from .asking import Run
from .client import VisitorClient
from .intents import Parse, score_intents
from .model import IntentScore, Report
from .report import write_report
from .sets import load_sets
from .summary import coverage_curve, summarise


def evaluate(
    base_url: str, folder: Path, out: Path, only: Collection[str] | None = None, parse: Parse | None = None
) -> Report:
    """Asks the assistant at `base_url` the sets in `folder`; writes report.html and report.json into `out`.

    `only` names sets; utterances are scored when `parse` is given. Conversations are erased afterwards.
    Raises SetError for a set that cannot be used and AssistantError when the assistant is not there.
    """
    sets = load_sets(folder, only)
    with httpx.Client(base_url=base_url, timeout=30.0) as http:
        run = Run(VisitorClient(http))
        outcomes = run.ask_all(sets)
    intents: IntentScore | None = None
    if parse is not None and sets.utterances:
        intents, guesses = score_intents(sets.utterances, parse([item.text for item in sets.utterances]))
        outcomes += guesses
        run.progress(f"utterances {intents.right.passed}/{intents.right.total} right")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    measures, curve = summarise(outcomes), coverage_curve(outcomes)
    report = Report(at, base_url, folder.name, measures, tuple(outcomes), intents, curve)
    write_report(report, out)
    return report
