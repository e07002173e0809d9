"""`python -m bench.reader.gate PARSES`: the gate for articles without questions, into models/reader/gate.json.

The reader has seen the pages of `learn/`, so the gate learns on those of `choosing/`. Every question is asked of all
pages together in three WAYS. It counts as answered when the quote holds a sentence that answers it; the gate learns
to tell these from the rest. What is printed leaves the asked page out when it learns.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bench.reader.asking import WAYS, Row, ask_all, load_reader
from bench.reader.pages import ROOT

MEASURED = ("known", "named")
NEAR_ALONE = 0.82  # the share of near misses that the threshold leaves alone


class Signed(Protocol):
    """Whatever has signs to learn from."""

    @property
    def signs(self) -> Any:
        """One number for each sign."""


def main() -> None:
    """Prints how well the gate tells, and writes it."""
    rows = list(ask_all(dict(json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines())))
    reached = [row for row in rows if row.signs is not None]
    sure = _left_out(reached)
    threshold = _table(rows, reached, sure)
    mean, scale, weights = learn(reached, [row.right for row in reached])
    out = ROOT / "models/reader/gate.json"
    kept = json.loads(out.read_text()) if out.exists() else {}
    kept["with_reader" if load_reader() else "without_reader"] = {
        "mean": mean.tolist(), "scale": scale.tolist(), "weights": weights[:-1].tolist(), "bias": float(weights[-1]),
        "threshold": round(threshold, 3),
    }  # fmt: skip
    out.write_text(json.dumps(kept, indent=1) + "\n")


def learn(rows: Sequence[Signed], right: Sequence[bool]) -> tuple[Any, Any, Any]:
    """Mean and scale of the signs, and the weights of a logistic regression, its bias last."""
    signs = np.array([row.signs for row in rows])
    mean, scale = signs.mean(0), np.where(signs.std(0) < 1e-6, 1.0, signs.std(0))
    return mean, scale, _fit((signs - mean) / scale, np.array(right))


def _fit(signs: Any, right: Any, ridge: float = 3.0) -> Any:
    """By Newton's method; the bias is not shrunk."""
    signs = np.hstack([signs, np.ones((len(signs), 1))])
    shrink = ridge * np.diag([1.0] * (signs.shape[1] - 1) + [0.0])
    weights = np.zeros(signs.shape[1])
    for _ in range(25):
        share = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (share - right) + shrink @ weights
        curve = (signs * (share * (1 - share))[:, None]).T @ signs + shrink
        weights -= np.linalg.solve(curve + 1e-6 * np.eye(len(curve)), slope)
    return weights


def _left_out(rows: Sequence[Row]) -> Any:
    """How sure the gate is of each row when it has learned from the other pages."""
    sure = np.zeros(len(rows))
    for page in {row.page for row in rows}:
        others = [row for row in rows if row.page != page]
        mean, scale, weights = learn(others, [row.right for row in others])
        for at, row in enumerate(rows):
            if row.page == page:
                sure[at] = 1 / (1 + np.exp(-((row.signs - mean) / scale @ weights[:-1] + weights[-1])))
    return sure


def _table(rows: Sequence[Row], reached: Sequence[Row], sure: Any) -> float:
    """Prints what each threshold would give, for each way; gives the one that leaves enough near misses alone."""
    near = [s for row, s in zip(reached, sure, strict=True) if row.kind == "near_miss" and row.way in MEASURED]
    every = sum(row.kind == "near_miss" and row.way in MEASURED for row in rows)
    chosen = float(sorted([0.0] * (every - len(near)) + near)[int(NEAR_ALONE * every)])
    for way in WAYS:
        asked = [row for row in rows if row.way == way]
        of_way = [(row, s) for row, s in zip(reached, sure, strict=True) if row.way == way]
        covered = sum(not row.kind for row in asked)
        right = np.array([row.right for row, _ in of_way])
        print(f"{way}: {covered} covered, {len(asked) - covered} not; quotes right before the gate "
              f"{right.sum() / covered:.3f}; AUROC {_auroc(right, np.array([s for _, s in of_way])):.3f}")  # fmt: skip
        for cut in (*np.arange(0.2, 0.65, 0.1), chosen):
            given = [row for row, s in of_way if s >= cut]
            good, odd = sum(row.right for row in given), [row for row in given if row.kind]
            print(
                f"  at {cut:.2f}: right {good / covered:.3f}, of answered {good / max(1, len(given)):.3f}, left alone "
                f"{1 - len(odd) / (len(asked) - covered):.3f}, near misses "
                f"{1 - sum(row.kind == 'near_miss' for row in odd) / sum(row.kind == 'near_miss' for row in asked):.3f}"
                f", other page {sum(not row.own_page for row in given) / max(1, len(given)):.3f}"
            )
    return chosen


def _auroc(right: Any, sure: Any) -> float:
    above = sure[right][:, None] - sure[~right][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


if __name__ == "__main__":
    main()
