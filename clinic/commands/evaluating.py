"""Measures the running assistant."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from clinic.commands.asking import parse_lines, understood
from clinic.evaluation.comparison import compare_runs
from clinic.evaluation.intents import macro_f1
from clinic.evaluation.run import Assistant
from clinic.evaluation.run import evaluate as evaluate_sets
from clinic.runtime.readiness import address
from clinic.settings_file import here
from clinic.web.limits import OPERATOR


def evaluate(
    sets: Annotated[Path | None, typer.Option(help="Folder of sets; the held-out ones unless told.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where report.html and report.json go.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Only these sets, by name.")] = None,
) -> None:
    """Ask the running assistant every question of the sets and write a report to look at."""
    settings = here()
    folder = sets or settings.root / "tests" / "evaluation"
    where = out or settings.var / "evaluation" / folder.name
    assistant = Assistant(address(settings), {OPERATOR: settings.engine.secret}, _parse)
    report = evaluate_sets(assistant, folder, where, only)
    for measure in report.measures:
        total = measure.total
        low, high = total.interval.low, total.interval.high
        typer.echo(f"{measure.name:32} {total.passed:4}/{total.total:<4} {total.share:6.1%}  [{low:.1%}, {high:.1%}]")
    if report.intents:
        over_labelled = macro_f1(report.intents.confusion, asked_only=True)
        typer.echo(f"intents: macro-F1 {report.intents.macro_f1:.3f}; over the set's own intents {over_labelled:.3f}")
    typer.echo(f"The report is in {where / 'report.html'}.")


def compare(before: Path, after: Path) -> None:
    """What changed between two report.json files: mended, broken, and every measure."""
    for change in compare_runs(before, after):
        typer.echo(f"{change.measure}: {change.before:.1%} -> {change.after:.1%}")
        typer.echo(f"  mended: {', '.join(change.mended) or 'none'}\n  broken: {', '.join(change.broken) or 'none'}")


def _parse(texts: list[str]) -> list[dict[str, Any]]:
    parsed = asyncio.run(parse_lines(texts))
    return [understood(text, one) for text, one in zip(texts, parsed, strict=True)]
