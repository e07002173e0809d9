"""The table of the engine's comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.processes import Spent
from bench.serving import Served
from bench.table import figure, quantile, ratio, row
from bench.talking import VISITORS, Timed
from bench.usage import resident_megabytes

WIDTHS = (-26, -4, 11, 12, 9, 14, 9)
HEADINGS = ("", "", "rasa init", "our engine", "ratio", "our web API", "ratio")


@dataclass(frozen=True)
class Figures:
    """One measure of stock Rasa, our engine's turn and our public API; None where it has no meaning."""

    name: str
    unit: str
    values: tuple[float | None, ...]


def speed_figures(alone: Sequence[Timed], crowd: Sequence[Timed]) -> list[Figures]:
    """What a message takes, from one visitor and from several at once."""
    failures = tuple(a.failures + b.failures for a, b in zip(alone, crowd, strict=True))
    return [
        *_latency("one visitor", alone),
        Figures("CPU a message", "ms", tuple(sum(each.cpu_milliseconds.values()) for each in alone)),
        *_latency(f"{VISITORS} at once", crowd),
        Figures(f"{VISITORS} at once, rate", "/s", tuple(len(each.milliseconds) / each.wall for each in crowd)),
        Figures("no answer, or an error", "", failures),
    ]


def cost_figures(stock: Served, ours: Served, training: tuple[Spent | None, Spent]) -> list[Figures]:
    """Memory while running, what a start takes, what training takes."""
    engine, whole = resident_megabytes(ours.pids("engine")), resident_megabytes(ours.every_pid())
    spent = [(each.cpu_seconds, each.megabytes) if each else (None, None) for each in training]
    return [
        Figures("memory: engine, all four", "MB", (resident_megabytes(stock.every_pid()), engine, whole)),
        Figures("start to first answer", "s", (stock.seconds, None, ours.seconds)),
        Figures("start, CPU", "s", (stock.start_cpu, None, ours.start_cpu)),
        Figures("train command, CPU", "s", (spent[0][0], spent[1][0], None)),
        Figures("train command, memory", "MB", (spent[0][1], spent[1][1], None)),
    ]


def print_figures(measures: Sequence[Figures]) -> None:
    """The measures with their ratios to stock Rasa."""
    print(row(HEADINGS, WIDTHS))
    for measure in measures:
        print(row(_cells(measure), WIDTHS))


def say_where(doors: Sequence[Timed]) -> str:
    """Which program the CPU time of a message goes to, at the last door."""
    parts = (f"{name} {figure(spent)}" for name, spent in doors[-1].cpu_milliseconds.items())
    return f"CPU ms of a message to our web API: {', '.join(parts)}."


def _latency(name: str, doors: Sequence[Timed]) -> list[Figures]:
    return [
        Figures(f"{name}, p{share}", "ms", tuple(quantile(each.milliseconds, share / 100) for each in doors))
        for share in (50, 95)
    ]


def _cells(measure: Figures) -> list[str]:
    base = measure.values[0]
    show = figure if measure.unit else "{:.0f}".format
    cells = [measure.name, measure.unit, "-" if base is None else show(base)]
    for value in measure.values[1:]:
        compared = ratio(value, base or 0) if value is not None and measure.unit else "-"
        cells += ("-" if value is None else show(value), compared)
    return cells
