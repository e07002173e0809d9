"""Plain tables of figures."""

from __future__ import annotations

from collections.abc import Sequence


def row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """One line: cells of a negative width stand left, of a positive one right."""
    padded = (cell.ljust(-width) if width < 0 else cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "".join(padded).rstrip()


def figure(value: float) -> str:
    """A measure with three digits that matter."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def ratio(value: float, base: float) -> str:
    """How many times `base`, or a dash where there is nothing to compare with."""
    return f"{value / base:.2f}×" if base else "-"


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
