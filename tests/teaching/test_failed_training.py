"""A training that fails says what is wrong, not where it was noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic.engine.cli import TrainingFailed, train_model

SAID = """Traceback (most recent call last):
  File "pathlib.py", line 1058, in read_bytes
FileNotFoundError: [Errno 2] No such file or directory: 'models/tuned/model.onnx'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "tuned_layers.py", line 37, in load
language.tuned_layers.TunedLayersCorrupt: The tuned layers are not in models/tuned: bring it back from git.

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "graph.py", line 416, in _load_component
rasa.engine.exceptions.GraphComponentException: Error initializing graph component for node SentenceFeaturizer5.
"""


def failing(root: Path, said: str) -> Path:
    """A project whose engine says this and fails."""
    (root / "said").write_text(said)
    (root / "bin").mkdir()
    rasa = root / "bin" / "rasa"
    rasa.write_text("#!/bin/sh\ncat said >&2\nexit 1\n")
    rasa.chmod(0o755)
    return root


def test_what_the_component_says_is_told_and_not_what_wraps_it(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailed) as failure:
        train_model(failing(tmp_path, SAID), tmp_path, "x")
    assert str(failure.value).endswith("The tuned layers are not in models/tuned: bring it back from git.")
    assert "GraphComponentException" not in str(failure.value)


def test_what_was_not_wrapped_is_told_as_it_ends(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailed, match="line 3 of data/nlu"):
        train_model(failing(tmp_path, "YamlException: bad indentation, line 3 of data/nlu/x.yml\n"), tmp_path, "x")
