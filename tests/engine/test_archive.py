"""A model with another head is the same model in every other byte."""

from __future__ import annotations

import io
import json
import resource
import signal
import tarfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.learning.archive import NoHead, model_id_of, read_flags, read_head, take_apart, with_flags, write_model
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
    write_model(take_apart(live), b"new head", tmp_path / "new.tar.gz")
    made = members(tmp_path / "new.tar.gz")
    assert made[HEAD] == b"new head"
    assert {name: made[name] for name in OTHERS} == OTHERS
    assert model_id_of(tmp_path / "new.tar.gz") != "old"
    assert json.loads(made["metadata.json"])["language"] == "en"
    assert read_head(tmp_path / "new.tar.gz") == b"new head"


def test_red_flags_learned_anew_are_the_only_other_part_that_changes(tmp_path: Path) -> None:
    live = archive(tmp_path / "live.tar.gz", {HEAD: b"old head", "metadata.json": b'{"model_id": "old"}', **OTHERS})
    made = tmp_path / "new.tar.gz"
    write_model(with_flags(live, take_apart(live), {"head.npz": b"another detector"}), b"old head", made)
    assert read_flags(made) == {"head.npz": b"another detector"}
    assert members(made)["components/domain.yml"] == OTHERS["components/domain.yml"]
    assert read_head(made) == b"old head"


def test_a_model_learned_from_a_learned_one_is_whole_as_well(tmp_path: Path) -> None:
    live = archive(tmp_path / "live.tar.gz", {HEAD: b"old head", "metadata.json": b'{"model_id": "old"}', **OTHERS})
    write_model(take_apart(live), b"second head", tmp_path / "second.tar.gz")
    write_model(take_apart(tmp_path / "second.tar.gz"), b"third head", tmp_path / "third.tar.gz")
    made = members(tmp_path / "third.tar.gz")
    assert {name: made[name] for name in OTHERS} == OTHERS
    assert made[HEAD] == b"third head"


def test_a_disk_that_is_full_leaves_no_half_a_model(tmp_path: Path) -> None:
    live = archive(tmp_path / "live.tar.gz", {HEAD: b"old head", "metadata.json": b'{"model_id": "old"}', **OTHERS})
    packed = replace(take_apart(live), others=bytes(1_000_000))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError, match="large"):
            write_model(packed, b"new head", tmp_path / "new.tar.gz")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handled)
    assert [one.name for one in tmp_path.iterdir()] == ["live.tar.gz"]


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
