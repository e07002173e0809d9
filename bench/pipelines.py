"""`python -m bench.pipelines FOLDER`: the default pipeline and ours, trained on what ours is taught, and their cost.

Runs in stock Rasa's environment, so that one process can hold the models of both.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.parsing import parse_in_turn
from bench.table import figure, ratio, row
from bench.training import quieten, train_apart

DATA = Path(__file__).parents[1] / "data" / "nlu"
WIDTHS = (-34, 16, 9, 14, 9, 11, 9)
HEADINGS = ("pipeline", "training CPU s", "ratio", "training MB", "ratio", "parse p50", "ratio")
NAMES = {
    "stock": "Rasa's default (DIET)",
    "ours": "ours without its two extra steps",
    "whole": "ours with spelling and red flags",
}
TEXTS = 300


def compare_pipelines(folder: Path) -> None:
    """Train in `folder` and print the table; nothing is said of accuracy, for the texts are the examples themselves."""
    quieten()
    trained = {name: train_apart(name, DATA, folder / f"pipeline-{name}") for name in NAMES}
    parsed = parse_in_turn([each.model for each in trained.values()], _texts())
    base, slowest = trained["stock"], parsed[0].p50
    print(f"\nTrained on data/nlu; {TEXTS} messages parsed by each in turn, in milliseconds")
    print(row(HEADINGS, WIDTHS))
    for (name, each), result in zip(trained.items(), parsed, strict=True):
        training = (figure(each.cpu_seconds), ratio(each.cpu_seconds, base.cpu_seconds))
        memory = (figure(each.megabytes), ratio(each.megabytes, base.megabytes))
        print(row((NAMES[name], *training, *memory, figure(result.p50), ratio(result.p50, slowest)), WIDTHS))


def _texts() -> list[str]:
    from rasa.shared.nlu.training_data.loading import load_data

    examples = [str(message.get("text")) for message in load_data(str(DATA)).intent_examples]
    return examples[:: max(1, len(examples) // TEXTS)][:TEXTS]


if __name__ == "__main__":
    compare_pipelines(Path(sys.argv[1]))
