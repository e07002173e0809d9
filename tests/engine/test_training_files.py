"""A training file is read once while it stays as it is, and nobody's copy is another's."""

from __future__ import annotations

import copy
import os
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine import training_files

NLU = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hello [Ann](person)\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(loading, "load_data", training_files.load_once)
    monkeypatch.setattr(Message, "__deepcopy__", training_files.copy_message, raising=False)
    path = tmp_path / "nlu.yml"
    path.write_text(NLU)
    return path


def test_a_file_is_read_again_once_it_has_changed(file: Path) -> None:
    first = loading.load_data(str(file))
    assert loading.load_data(str(file)) is first
    file.write_text(NLU + "    - good morning\n")
    os.utime(file, ns=(1, 1))
    assert [one.get("text") for one in loading.load_data(str(file)).training_examples] == ["hello Ann", "good morning"]


def test_what_is_merged_is_a_copy_that_may_be_changed(file: Path) -> None:
    kept = loading.load_data(str(file))
    (merged,) = TrainingData().merge(kept).training_examples
    merged.set("intent", "bye")
    merged.get("entities")[0]["value"] = "Bea"
    (before,) = kept.training_examples
    assert (before.get("intent"), before.get("entities")[0]["value"]) == ("greet", "Ann")
    assert copy.deepcopy(before).fingerprint() == before.fingerprint()
