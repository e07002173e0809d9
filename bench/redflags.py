"""Score the red-flag detector offline, without a server: what is caught, where it is sent, false alarms.

    engine/.venv/bin/python -m bench.redflags --red RED.jsonl --not NOT.jsonl [--ordinary FILE.jsonl ...]
    engine/.venv/bin/python -m bench.redflags --model models/<archive>.tar.gz ...   # the detector in a model

Without --model the detector is trained from data/ as the engine would, without spelling correction.
Lines are {"text", "flag"?, "destination"?}; a destination may name several ("111/urgent GP").
"""

from __future__ import annotations

import argparse
import json
import math
import re
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from engine.components.red_flags.classifier import RedFlagClassifier
from engine.components.red_flags.detector import Detector
from engine.components.red_flags.hard_negatives import questions_beside, said_in_requests
from engine.components.red_flags.training_file import URGENCY, read_card_trainings
from engine.learning.fingerprints import load_encoder
from language.text import normalise, normalise_lines

ROOT = Path(__file__).parents[1]
_ANNOTATION = re.compile(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})")


def wilson(hits: int, total: int) -> str:
    """A share with its 95% Wilson interval, in per cent."""
    if not total:
        return "none"
    share, z = hits / total, 1.96
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{hits}/{total} = {share:.1%} ({max(0, middle - half):.1%} to {min(1, middle + half):.1%})"


def everyday(folder: Path) -> list[str]:
    """The ordinary examples in `folder`, without annotations."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        for block in YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")).get("nlu") or ():
            if block.get("intent", "report_red_flag") != "report_red_flag":
                lines = (line.strip()[2:] for line in block["examples"].splitlines())
                found += [_ANNOTATION.sub(r"\1", line) for line in lines if line]
    return found


def taught_examples(folder: Path) -> list[str]:
    """The examples of `report_red_flag` in `folder`."""
    file = folder / "red_flags.yml"
    blocks = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))["nlu"] if file.is_file() else ()
    return [line.strip()[2:] for block in blocks for line in block["examples"].splitlines() if line.strip()]


def train() -> Detector:
    """A detector trained from the files of the repository."""
    detector = Detector(read_card_trainings(ROOT / "data/red_flags.yml"), load_encoder("models/encoder"))
    beside = [*questions_beside(ROOT / "data/articles"), *said_in_requests(ROOT / "data/turns.yml")]
    ordinary = [*everyday(ROOT / "data/nlu"), *beside]
    detector.train([normalise(text) for text in ordinary], taught_examples(ROOT / "data/nlu"))
    return detector


def load(archive: Path) -> Detector:
    """The detector inside a trained model."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as packed:
        packed.extractall(folder)
        home = next(Path(folder).rglob("head.npz")).parent
        head = RedFlagClassifier.from_arrays(dict(np.load(home / "head.npz")))
        return Detector(read_card_trainings(home / "red_flags.yml"), load_encoder("models/encoder"), head)


def read(files: Iterable[Path]) -> list[dict[str, Any]]:
    """The rows of the files; the turns of a conversation one by one."""
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [{**row, **turn} for row in rows for turn in (row.get("turns") or [{"text": row.get("text", "")}])]


def report_red(detector: Detector, rows: list[dict[str, Any]]) -> None:
    """What is caught and where it is sent; every miss by flag."""
    destination_of = {card.key: URGENCY[card.urgency] for card in detector.cards}
    caught, right, names, misses = 0, 0, 0, Counter()  # type: int, int, int, Counter[str]
    for row in rows:
        found = detector.detect(normalise_lines(row["text"]))
        sent = destination_of[found.key] if found else ""
        wanted = [URGENCY.index(place) for place in str(row.get("destination", "")).split("/") if place in URGENCY]
        good = bool(found) and (not wanted or URGENCY.index(sent) <= max(wanted))
        caught, right = caught + bool(found), right + good
        names += found is not None and found.key.split(".")[0] == row.get("flag")
        if not good:
            misses[row.get("flag", "")] += 1
            print(f"  {'MISSED' if not found else 'sent to ' + sent:12} {row.get('flag')}: {row['text']}")
    print(f"caught                     {wilson(caught, len(rows))}")
    print(f"right or more urgent place {wilson(right, len(rows))}")
    print(f"the flag of that name      {wilson(names, len(rows))}")
    print(f"misses by flag             {dict(misses)}")


def report_quiet(detector: Detector, rows: list[dict[str, Any]], title: str) -> None:
    """False alarms, every one."""
    alarms = 0
    for row in rows:
        found = detector.detect(normalise_lines(row["text"]))
        if found:
            alarms += 1
            print(f"  FALSE ALARM  {found.key} ({found.margin:+.2f}): {row['text']}")
    print(f"{title:26} {wilson(alarms, len(rows))}")


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--red", type=Path, nargs="*", default=[])
    arguments.add_argument("--not", dest="quiet", type=Path, nargs="*", default=[])
    arguments.add_argument("--ordinary", type=Path, nargs="*", default=[])
    arguments.add_argument("--model", type=Path)
    given = arguments.parse_args()
    detector = load(given.model) if given.model else train()
    if given.red:
        report_red(detector, read(given.red))
    if given.quiet:
        report_quiet(detector, read(given.quiet), "false alarms, look-alikes")
    if given.ordinary:
        report_quiet(detector, read(given.ordinary), "false alarms, ordinary")


if __name__ == "__main__":
    main()
