"""A model with another head is the same model in every other byte."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest

from engine.learning.archive import NoHead, model_id_of, read_head, write_with_head
from engine.learning.intents import load_heads, save_heads
from engine.learning.logistic_regression import Fitted, Linear

HEAD = "components/train_LinearIntentClassifier4/head.npz"
OTHERS = {"components/train_RedFlagDetector7/head.npz": b"the detector", "components/domain.yml": b"intents: []"}


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            tar.addfile(told, io.BytesIO(content))
    return path


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar.getmembers()}  # type: ignore[union-attr]


def test_everything_but_the_head_and_the_models_id_stays_byte_for_byte(tmp_path: Path) -> None:
    metadata = json.dumps({"model_id": "old", "trained_at": "2026-11-01T00:00:00", "language": "en"}).encode()
    live = archive(tmp_path / "live.tar.gz", {HEAD: b"old head", "metadata.json": metadata, **OTHERS})
    write_with_head(live, b"new head", tmp_path / "new.tar.gz")
    made = members(tmp_path / "new.tar.gz")
    assert made[HEAD] == b"new head"
    assert {name: made[name] for name in OTHERS} == OTHERS
    assert model_id_of(tmp_path / "new.tar.gz") != "old"
    assert json.loads(made["metadata.json"])["language"] == "en"
    assert read_head(tmp_path / "new.tar.gz") == b"new head"


def test_an_archive_without_a_head_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoHead):
        read_head(archive(tmp_path / "other.tar.gz", OTHERS))


def test_a_head_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    labels = np.array(["a", "b"])
    head = Linear(labels, np.zeros(3), np.ones((3, 2)), np.ones(2), 1.5, 0.25)
    save_heads(tmp_path / "head.npz", Fitted(head, head))
    back = load_heads(tmp_path / "head.npz")
    assert back.head.temperature == 1.5
    assert back.held_out is not None
    assert (back.held_out.weights == head.weights).all()
