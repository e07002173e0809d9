"""Kinds of turn: what the file must hold, and that only what can occur in a phase is found there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.learning.fingerprints import ROOT
from engine.learning.logistic_regression import fit
from engine.learning.turns import PHASES, TaughtTurn, TurnHead, examples_of, read_turns
from language.data_file import DataFileError

CANCEL = TaughtTurn("cancel", ("sent",), ("cancel_appointment",), ("bin it", "take it back"))
DECLINE = TaughtTurn("decline", ("talk", "sent"), (), ("not for me",))
AXES = {"cancel": 0, "decline": 1, "ask_causes": 2, "cancel_appointment": 3}


def head() -> TurnHead:
    """A head over four labels, each an axis of its own."""
    rows = np.repeat(np.eye(4, dtype=np.float32), 3, axis=0)
    labels = np.repeat(list(AXES), 3)
    return TurnHead(fit(rows, labels, 20.0), (CANCEL, DECLINE))


def row(name: str) -> np.ndarray:
    return np.eye(4, dtype=np.float32)[AXES[name]]


def test_a_kind_is_found_only_where_it_can_occur() -> None:
    found = head().guess(row("cancel"))
    assert found["sent"][0] == "cancel"
    assert found["talk"][0] != "cancel"


def test_a_question_stays_a_question_in_every_phase() -> None:
    assert {name for name, _ in head().guess(row("ask_causes")).values()} == {""}


def test_an_intent_that_means_the_kind_there_counts_for_it() -> None:
    found = head().guess(row("cancel_appointment"))
    assert (found["sent"][0], found["talk"][0]) == ("cancel", "")


def test_the_shipped_file_teaches_every_phase_with_examples_of_their_own() -> None:
    turns = read_turns(ROOT / "data" / "turns.yml")
    texts, kinds = examples_of(turns)
    assert {phase for one in turns for phase in one.phases} == set(PHASES)
    assert len(set(kinds)) == len(turns)
    assert min(kinds.count(one.kind) for one in turns if not one.intents) >= 15
    assert len(texts) == len(kinds)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("turns:\n  - kind: a\n    in: [talk]\n", "turns.yml:2: a turn needs `kind` and `examples`"),
        ("turns:\n  - kind: a\n    in: [pub]\n    examples: |\n      hm\n", "turns.yml:2: `in` of a must be a list of"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path, written: str, problem: str) -> None:
    file = tmp_path / "turns.yml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(DataFileError, match=problem.replace("(", r"\(")):
        read_turns(file)
