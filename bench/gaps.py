"""How well unanswered questions are put together: pairs rightly joined, by how near two of them have to be.

`python -m bench.gaps`: questions with the article or setting that would answer them stand in
`tests/evaluation/tuning/gaps.jsonl`. Every other theme is for choosing the threshold, the rest for looking at it.
Questions come in an order of chance, as visitors' do, twenty times.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from clinic.knowledge.gap_themes import ALIKE, nearest_theme
from clinic.knowledge.theme_store import Vector
from clinic.settings import Settings
from clinic.settings_file import load_settings
from language.encoder import Encoder

ROOT = Path(__file__).resolve().parents[1]
GAPS = ROOT / "tests" / "evaluation" / "tuning" / "gaps.jsonl"
STEPS = [0.40, 0.45, 0.50, 0.54, 0.58, 0.62, 0.66, 0.70, 0.75]
ORDERS = 20

Asked = tuple[str, Vector]


def main() -> None:
    """Print precision and recall of joined pairs in both halves, for each threshold."""
    settings: Settings = load_settings(ROOT, {"POINTE_SECRET": "secret"})
    lines = [json.loads(line) for line in GAPS.read_text(encoding="utf-8").splitlines()]
    vectors = Encoder.load(settings.encoder).encode([one["text"] for one in lines])
    themes = list(dict.fromkeys(one["theme"] for one in lines))
    asked = [(str(one["theme"]), vector) for one, vector in zip(lines, vectors, strict=True)]
    halves = [[one for one in asked if themes.index(one[0]) % 2 == half] for half in (0, 1)]
    print(f"{len(lines)} questions of {len(themes)} themes; pairs rightly joined of those joined, and of all there are")
    half = f"{'recall':>8}{'F½':>7}"
    print(f"{'threshold':>10}{'chosen on: precision':>22}{half}{'looked at: precision':>22}{half}")
    for threshold in sorted({*STEPS, ALIKE}):
        cells = "".join(f"{a:22.2f}{b:8.2f}{f_half(a, b):7.2f}" for a, b in (measure(one, threshold) for one in halves))
        print(f"{threshold:10.2f}{cells}{'  now' if threshold == ALIKE else ''}")


def measure(asked: Sequence[Asked], threshold: float) -> tuple[float, float]:
    """Precision and recall of pairs over all orders."""
    joined = right = alike = 0
    for order in range(ORDERS):
        some = list(asked)
        random.Random(order).shuffle(some)
        leaders: dict[str, Vector] = {}
        groups = []
        for place, (_, vector) in enumerate(some):
            group = nearest_theme(vector, leaders, threshold) or str(place)
            leaders.setdefault(group, vector)
            groups.append(group)
        for (one, mine), (other, theirs) in combinations(zip((theme for theme, _ in some), groups, strict=True), 2):
            joined += mine == theirs
            alike += one == other
            right += mine == theirs and one == other
    return (right / joined if joined else 1.0), right / alike


def f_half(precision: float, recall: float) -> float:
    """Both in one figure, precision counted twice: a question in a wrong group is one that nobody sees."""
    return 1.25 * precision * recall / (0.25 * precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    main()
