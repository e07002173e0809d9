"""The table of the engine's comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.processes import Spent
from bench.serving import Served
from bench.table import figure, quantile, ratio, row
from bench.talking import VISITORS, Timed
from bench.usage import proportional_megabytes

WIDTHS = (-26, -4, 11, 12, 12, 9, 14, 9, 11)
HEADINGS = ("", "", "rasa init", "its SQLite", "our engine", "ratio", "our web API", "ratio", "to SQLite")


@dataclass(frozen=True)
class Figures:
    """One measure of stock Rasa in memory and on SQLite, our engine's turn and our public API; None: no meaning."""

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


def long_figures(ends: Sequence[tuple[float, float]], turns: int) -> list[Figures]:
    """The first turns of a long conversation, the last, and how many times the first they take."""
    return [
        Figures("first turns of one", "ms", tuple(first for first, _ in ends)),
        Figures(f"turn {turns} of it", "ms", tuple(last for _, last in ends)),
        Figures(f"turn {turns} to the first", "", tuple(last / first for first, last in ends)),
    ]


def cost_figures(stock: tuple[Served, Served], ours: Served, training: tuple[Spent | None, Spent]) -> list[Figures]:
    """Memory at rest, shared pages counted once (PSS), what a start takes, what training takes."""
    at_rest = tuple(proportional_megabytes(each.every_pid()) for each in stock)
    engine, whole = proportional_megabytes(ours.pids("engine")), proportional_megabytes(ours.every_pid())
    spent = [(each.cpu_seconds, each.megabytes) if each else (None, None) for each in training]
    return [
        Figures("memory (PSS): engine, all", "MB", (*at_rest, engine, whole)),
        Figures("start to first answer", "s", (*(each.seconds for each in stock), None, ours.seconds)),
        Figures("start, CPU", "s", (*(each.start_cpu for each in stock), None, ours.start_cpu)),
        Figures("train command, CPU", "s", (spent[0][0], None, spent[1][0], None)),
        Figures("train command, memory", "MB", (spent[0][1], None, spent[1][1], None)),
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
    memory, sqlite, engine, public = measure.values
    cells = [measure.name, measure.unit, _shown(memory, measure), _shown(sqlite, measure)]
    for value, bases in ((engine, (memory,)), (public, (memory, sqlite))):
        cells.append(_shown(value, measure))
        cells += (ratio(value, base or 0) if value is not None and measure.unit else "-" for base in bases)
    return cells


def _shown(value: float | None, measure: Figures) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if isinstance(value, int) else figure(value)
