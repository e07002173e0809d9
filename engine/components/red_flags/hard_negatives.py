"""The ordinary messages that the red-flag detector learns beside its examples: those most like an emergency."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from ruamel.yaml import YAML

from engine.learning.turns import read_turns

Matrix = npt.NDArray[np.float32]

CLOSEST = 2500  # messages closest to an example: there the border lies
SPREAD = 800  # of the others, evenly
_NEIGHBOURS = 3
_BLOCK = 2000  # rows


def questions_beside(folder: Path) -> list[str]:
    """The questions of every `*.asked.yml` in `folder`, answered and not; a file that cannot be read has none."""
    found: list[str] = []
    for file in sorted(folder.glob("*.asked.yml")):
        try:
            data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) or {}
            several = [*(data.get("asked") or {}).values(), data.get("unanswered") or []]
            found += [str(text) for texts in several for text in texts]
        except Exception:  # whoever synchronises the articles says what is wrong with it
            continue
    return found


def said_in_requests(file: Path) -> list[str]:
    """What visitors say at every point of a conversation but under an urgent card, from `data/turns.yml`; nothing
    where there is no such file.
    """
    turns = read_turns(file) if file.exists() else ()
    return [text for turn in turns if "card" not in turn.phases for text in turn.examples]


def choose(everyday: Matrix, examples: Matrix) -> npt.NDArray[np.intp]:
    """Places of the rows worth learning from, in their order; rows of both have unit length."""
    if len(everyday) <= CLOSEST + SPREAD or len(examples) < _NEIGHBOURS:
        return np.arange(len(everyday))
    near = np.empty(len(everyday), dtype=np.float32)
    for start in range(0, len(everyday), _BLOCK):
        close = everyday[start : start + _BLOCK] @ examples.T
        near[start : start + _BLOCK] = np.partition(close, -_NEIGHBOURS, axis=1)[:, -_NEIGHBOURS:].mean(axis=1)
    order = np.argsort(-near, kind="stable")
    others = np.sort(order[CLOSEST:])
    return np.sort(np.concatenate([order[:CLOSEST], others[:: -(-len(others) // SPREAD)]]))
