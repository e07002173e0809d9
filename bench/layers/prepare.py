"""`python -m bench.layers.prepare OUT`: every utterance and turn that is taught, with its label, for `train`.

The utterances by which the intent classifier is calibrated (fold 0) are left out, so that they stay unseen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from engine.learning.logistic_regression import fold_of
from engine.learning.taught import read_utterances
from engine.learning.turns import TaughtTurn, examples_of, read_turns

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Writes lines.json: `lines`, the texts with their labels, and `beside`, which labels are in question together."""
    utterances = [(text, intent) for text, intent in read_utterances(ROOT / "data" / "nlu") if fold_of(text)]
    turns = read_turns(ROOT / "data" / "turns.yml")
    lines = [*utterances, *zip(*examples_of(turns), strict=True)]
    labels = sorted({label for _, label in lines})
    kinds = {one.kind: one for one in turns}
    beside = [[_beside(one, other, kinds) for other in labels] for one in labels]
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    (out / "lines.json").write_text(json.dumps({"lines": lines, "labels": labels, "beside": beside}))
    print(len(lines), "lines,", len(labels), "labels")


def _beside(one: str, other: str, kinds: Mapping[str, TaughtTurn]) -> bool:
    """Whether a text of one label is not also of the other: two kinds of one phase, or an intent that means no kind."""
    if one == other:
        return True
    if one in kinds and other in kinds:
        return bool({*kinds[one].phases} & {*kinds[other].phases})
    kind, intent = (one, other) if one in kinds else (other, one)
    return kind not in kinds or not any(fnmatchcase(intent, name) for name in kinds[kind].intents)


if __name__ == "__main__":
    main()
