"""`python -m bench.agreeing`: a model learned on in seconds beside one trained as a whole from the same files.

In a copy of the project some of what is taught is held back and a model is trained as a whole. Then it is put back,
learned quickly, and trained as a whole again: how often do both take a text for the same, and raise the same cards?
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.living import ROOT, copy_project
from bench.table import row
from clinic.engine.cli import train_model
from clinic.engine.trainer import Trainer
from language.red_flag_file import examples_at

EACH = 250  # every so many lines one is held back
WIDTHS = (-44, 9, 9, 9)


def main() -> int:
    """Prints the rows: how many texts there are, and how many are taken alike."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        copy_project(root)
        kept = {
            path: path.read_text("utf-8") for path in [*(root / "data/nlu").glob("*.yml"), root / "data/red_flags.yml"]
        }
        held = sum(_hold_back(path, text) for path, text in kept.items())
        before = train_model(root, Path(folder), "before")
        for path, text in kept.items():
            path.write_text(text, "utf-8")
        began = time.monotonic()
        quick = Path(folder) / "quick.tar.gz"
        with Trainer(root, before) as trainer:
            trainer.warm()
            trainer.raised(["hello"])
            warmed = time.monotonic()
            trainer.learn(quick)
            print(
                f"{held} lines held back; warm in {warmed - began:.0f} s, learned in {time.monotonic() - warmed:.1f} s"
            )
        whole = train_model(root, Path(folder), "whole")
        _print_rows(root, quick, whole)
    return 0


def _print_rows(root: Path, quick: Path, whole: Path) -> None:
    print(row(("quick beside whole", "texts", "alike", "share"), WIDTHS))
    sets = ROOT / "tests" / "evaluation"
    utterances = _texts(sorted(sets.rglob("utterances.jsonl")))
    flags = _texts(
        sorted([*sets.rglob("*flags*.jsonl"), *sets.glob("emergencies.jsonl"), *sets.glob("lookalikes.jsonl")])
    )
    guesses, raised = [], []
    for model in (quick, whole):
        with Trainer(root, model) as trainer:
            guesses.append([one[0]["name"] for one in trainer.guess(utterances)])
            raised.append(trainer.raised(flags))
    for name, (one, other) in {"first guess": guesses, "a card is raised or not": raised}.items():  # type: ignore[misc]
        alike = sum(a == b for a, b in zip(one, other, strict=True))
        print(row((name, str(len(one)), str(alike), f"{alike / len(one):.2%}"), WIDTHS))
    cards = sum(raised[1])
    kept = sum(a and b for a, b in zip(*raised, strict=True))
    print(
        row(
            ("cards of the whole model that the quick one raises", str(cards), str(kept), f"{kept / cards:.2%}"), WIDTHS
        )
    )


def _hold_back(path: Path, text: str) -> int:
    """Take every so manieth example out of the file; how many those were."""
    lines = text.split("\n")
    if path.name == "red_flags.yml" and path.parent.name == "data":
        examples = [at for at in examples_at(lines) if lines[at].strip()]
    else:
        examples = [at for at, line in enumerate(lines) if re.match(r"\s+- [^\[\]:]+$", line)]
    held = set(examples[EACH - 1 :: EACH])
    path.write_text("\n".join(line for at, line in enumerate(lines) if at not in held), "utf-8")
    return len(held)


def _texts(files: list[Path]) -> list[str]:
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return list(dict.fromkeys(str(one["text"]) for one in lines if one.get("text")))


if __name__ == "__main__":
    sys.exit(main())
