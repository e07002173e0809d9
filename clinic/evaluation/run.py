"""Evaluates the running assistant on a folder of sets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Assistant:
    """Where the assistant is, the headers it is asked with, and how it parses; utterances need `parse`."""

    base_url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    parse: Parse | None = None


def evaluate(assistant: Assistant, folder: Path, out: Path, only: Collection[str] | None = None) -> Report:
    """Asks the assistant the sets in `folder`; writes report.html and report.json into `out`.

    `only` names sets; Conversations are erased afterwards.
    Raises SetError for a set that cannot be used and AssistantError when the assistant is not there.
    """
    sets = load_sets(folder, only)
    with httpx.Client(
        base_url=assistant.base_url, timeout=30.0, headers=dict(assistant.headers), trust_env=False
    ) as http:
        run = Run(VisitorClient(http))
        outcomes = run.ask_all(sets)
    intents: IntentScore | None = None
    if assistant.parse is not None and sets.utterances:
        intents, guesses = score_intents(sets.utterances, assistant.parse([item.text for item in sets.utterances]))
        outcomes += guesses
        run.progress(f"utterances {intents.right.passed}/{intents.right.total} right")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    measures, curve = summarise(outcomes), coverage_curve(outcomes)
    report = Report(at, assistant.base_url, folder.name, measures, tuple(outcomes), intents, curve)
    write_report(report, out)
    return report
