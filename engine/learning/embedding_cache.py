"""Vectors of what is taught, kept between trainings: only new and changed examples are encoded again."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np

from engine.learning.fingerprints import ROOT
from language.encoder import TUNED, Encoder

# Few texts are a visitor's message, not a training: those are never written down.
FEWEST = 50
_AT_ONCE = 500  # keys
FOLDER = ROOT / ".rasa" / "vectors"
THREADS = "POINTE_TRAINING_THREADS"  # set where nobody is served yet; else one core stays free for visitors

Encode = Callable[[Sequence[str]], np.ndarray]


def encode_taught(encoder: Encoder, texts: Sequence[str], folder: Path = FOLDER) -> np.ndarray:
    """The rows (n, 1152) of `encoder.encode_tuned(texts)`, kept under that encoder's name."""

    def encode(new: Sequence[str]) -> np.ndarray:
        threads = int(os.environ.get(THREADS, "1"))
        if threads == 1:
            return encoder.encode_tuned(new)
        shares = [new[start::threads] for start in range(threads)]
        rows = np.empty((len(new), TUNED), dtype=np.float32)
        with ThreadPoolExecutor(threads) as pool:
            for start, share in enumerate(pool.map(encoder.encode_tuned, shares)):
                rows[start::threads] = share
        return rows

    return encode_kept(encode, texts, f"tuned-{encoder.tuned_hash[:16]}", folder)


def encode_kept(encode: Encode, texts: Sequence[str], name: str, folder: Path = FOLDER) -> np.ndarray:
    """The rows of `encode(texts)`; `name` tells encoders and kinds of vectors apart.

    What was encoded before under that name is read back; a file that cannot be used is made anew.
    """
    if len(texts) < FEWEST:
        return encode(texts)
    path = folder / f"{name}.sqlite"
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    wanted = dict(zip(keys, texts, strict=True))
    try:
        kept, rows = _read(path, list(wanted))
    except sqlite3.Error:
        path.unlink()
        kept, rows = [], np.empty((0, 0), dtype=np.float32)
    known = set(kept)
    new = [key for key in wanted if key not in known]
    if new:
        made = encode([wanted[key] for key in new])
        _write(path, new, made)
        kept, rows = [*kept, *new], np.vstack([rows, made]) if len(kept) else made
    at = {key: place for place, key in enumerate(kept)}
    found: np.ndarray = rows[[at[key] for key in keys]]
    return found


def _read(path: Path, keys: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Which of the keys are kept, and their rows: a few at a time, because all together are hundreds of megabytes."""
    found, blocks = list[str](), list[np.ndarray]()
    if not path.exists():
        return found, np.empty((0, 0), dtype=np.float32)
    with closing(sqlite3.connect(path)) as connection:
        for start in range(0, len(keys), _AT_ONCE):
            few = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(few))
            told = connection.execute(f"SELECT key, row FROM vectors WHERE key IN ({marks})", few).fetchall()
            found += [key for key, _ in told]
            blocks += [np.stack([np.frombuffer(row, dtype=np.float32) for _, row in told])] if told else []
    return found, np.vstack(blocks) if blocks else np.empty((0, 0), dtype=np.float32)


def _write(path: Path, keys: Sequence[str], made: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, row BLOB)")
        rows = ((key, row.astype(np.float32).tobytes()) for key, row in zip(keys, made, strict=True))
        connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
