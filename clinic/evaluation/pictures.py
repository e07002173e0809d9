"""Pictures of a report, as inline SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from .model import CurvePoint

CELL, LABELS = 18, 150
WIDTH, HEIGHT, EDGE = 460, 260, 40


def confusion_picture(confusion: Mapping[tuple[str, str], int]) -> str:
    """A heat map of labels (rows) against guesses (columns): right guesses green, wrong ones red."""
    names = sorted({name for pair in confusion for name in pair})
    place = {name: number for number, name in enumerate(names)}
    labelled = Counter[str]()
    for (label, _), count in confusion.items():
        labelled[label] += count
    size = LABELS + CELL * len(names) + 4
    parts = [f'<svg class="confusion" role="img" width="{size}" height="{size}" viewBox="0 0 {size} {size}">']
    parts.append("<title>Labels (rows) against first guesses (columns)</title>")
    for name, number in place.items():
        middle = LABELS + CELL * number + CELL * 0.7
        parts.append(f'<text x="{LABELS - 6}" y="{middle}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<text transform="translate({middle} {LABELS - 6}) rotate(-90)">{escape(name)}</text>')
    for (label, guess), count in sorted(confusion.items()):
        x, y = LABELS + CELL * place[guess], LABELS + CELL * place[label]
        colour = "34 139 84" if label == guess else "200 40 40"
        depth = 0.25 + 0.75 * count / labelled[label]
        parts.append(
            f'<g><title>{escape(label)} taken for {escape(guess)}: {count}</title><rect x="{x}" y="{y}" '
            f'width="{CELL - 1}" height="{CELL - 1}" fill="rgb({colour} / {depth:.2f})"/>'
            f'<text x="{x + CELL / 2}" y="{y + CELL * 0.7}" text-anchor="middle">{count}</text></g>'
        )
    return "".join(parts) + "</svg>"


def curve_picture(points: Sequence[CurvePoint]) -> str:
    """Coverage (across) against precision (up), a dot for each threshold."""
    wide, high = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    places = [(EDGE + p.coverage * wide, HEIGHT - EDGE - p.precision * high, p) for p in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"><title>at {p.threshold:.2f}: coverage {p.coverage:.1%}, '
        f"precision {p.precision:.1%}</title></circle>"
        for x, y, p in places
    )
    ticks = "".join(
        f'<line class="grid" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{y}" y2="{y}"/>'
        f'<text x="{EDGE - 4}" y="{y + 4}" text-anchor="end">{share:.0%}</text>'
        f'<text x="{EDGE + share * wide}" y="{HEIGHT - EDGE + 16}" text-anchor="middle">{share:.0%}</text>'
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
        for y in (HEIGHT - EDGE - share * high,)
    )
    return (
        f'<svg class="curve" role="img" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<title>Coverage against precision</title>{ticks}<polyline points="{line}"/>{dots}'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 6}" text-anchor="middle">coverage</text>'
        f'<text x="{EDGE}" y="{EDGE - 14}">precision</text></svg>'
    )
