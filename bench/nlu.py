"""`python -m bench.nlu DATA`: intent recognition beside stock Rasa, trained and parsed in the same run.

Runs in stock Rasa's environment. Each pipeline trains in a process of its own, ours in the engine's environment
(its CPU seconds and peak memory); then one process holds both models and gives each message to one after the other,
so that the ratio of parse times does not depend on what else the machine does. Ours is config.yml without spelling
correction and red flags, which stock Rasa has no counterpart of.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.parsing import Parsed, parse_in_turn
from bench.processes import BenchFailed
from bench.table import row
from bench.training import Trained, quieten, train_apart

PIPELINES = ("stock", "ours")
HEADINGS = ("set", "pipeline", "acc", "F1", "AUROC", "OOS@2", "train s", "MB", "p50 ms", "ratio")
WIDTHS = (-11, -11, 9, 9, 9, 9, 9, 9, 9, 9)


def main() -> int:
    """Prints the table; without DATA, one sentence."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlu")
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--ours-only", action="store_true", help="leave stock Rasa out (it takes minutes)")
    parser.add_argument("--only", action="append", help="a set's name; may be given again")
    options = parser.parse_args()
    if options.data is None or not options.data.is_dir():
        print("No intent sets given: run make bench-nlu DATA=<folder of <name>.train.jsonl and .test.jsonl>.")
        return 0
    quieten()
    from bench.sets import read_sets

    print(row(HEADINGS, WIDTHS))
    for intents in read_sets(options.data):
        if not options.only or intents.name in options.only:
            try:
                for cells in _compare(intents, PIPELINES[1:] if options.ours_only else PIPELINES):
                    print(row(cells, WIDTHS), flush=True)
            except BenchFailed as failure:
                print(failure, file=sys.stderr)
                return 1
    return 0


def _compare(intents: Any, pipelines: tuple[str, ...]) -> list[tuple[str, ...]]:
    from bench.sets import write_training_data

    with TemporaryDirectory() as folder:
        data = Path(folder, "nlu.yml")
        write_training_data(intents.train, data)
        trained = [train_apart(name, data, Path(folder, name)) for name in pipelines]
        parsed = parse_in_turn(
            [each.model for each in trained], [line["text"] for line in intents.test + intents.outside]
        )
    return [
        (intents.name, name, *_quality(intents, result), *_cost(cost, result, parsed[0].p50))
        for name, cost, result in zip(pipelines, trained, parsed, strict=True)
    ]


def _quality(intents: Any, parsed: Parsed) -> tuple[str, ...]:
    from bench.measures import accuracy, auroc, macro_f1, recall_at_cost

    truth = [line["intent"] for line in intents.test]
    guesses = parsed.guesses[: len(truth)]
    inside, outside = parsed.scores[: len(truth)], parsed.scores[len(truth) :]
    right = [a == b for a, b in zip(truth, guesses, strict=True)]
    refused = (
        (f"{auroc(inside, outside):.3f}", f"{recall_at_cost(right, inside, outside):.3f}") if outside else ("-", "-")
    )
    return f"{accuracy(truth, guesses):.3f}", f"{macro_f1(truth, guesses):.3f}", *refused


def _cost(trained: Trained, parsed: Parsed, slowest: float) -> tuple[str, ...]:
    return (
        f"{trained.cpu_seconds:.1f}",
        f"{trained.megabytes:.0f}",
        f"{parsed.p50:.2f}",
        f"{parsed.p50 / slowest:.2f}",
    )


if __name__ == "__main__":
    sys.exit(main())
