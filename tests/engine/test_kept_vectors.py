from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.learning.embedding_cache import FEWEST, THREADS, encode_kept, encode_taught
from engine.learning.fingerprints import load_encoder


class Counting:
    """Encodes a text as its length, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.given += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)


TAUGHT = [f"example {number}" for number in range(FEWEST + 10)]


def test_only_what_is_new_is_encoded_again(tmp_path: Path) -> None:
    encode = Counting()
    first = encode_kept(encode, TAUGHT, "test", tmp_path)
    again = encode_kept(encode, [*TAUGHT, "a correction"], "test", tmp_path)
    assert encode.given == [*TAUGHT, "a correction"]
    assert (again[:-1] == first).all()
    assert again[-1] == [len("a correction")]


def test_a_visitors_message_is_never_written_down(tmp_path: Path) -> None:
    encode_kept(Counting(), ["my heel hurts"], "test", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "test.sqlite").write_bytes(b"not a database" * 100)
    encode = Counting()
    assert len(encode_kept(encode, TAUGHT, "test", tmp_path)) == len(TAUGHT)
    encode_kept(encode, TAUGHT, "test", tmp_path)
    assert encode.given == TAUGHT


def test_several_threads_make_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = load_encoder("models/encoder")
    alone = encode_taught(encoder, TAUGHT, tmp_path / "alone")
    monkeypatch.setenv(THREADS, "3")
    assert (encode_taught(load_encoder("models/encoder"), TAUGHT, tmp_path / "beside") == alone).all()
