"""Vectors of what is taught, kept between trainings: only new and changed examples are encoded again."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Callable, Dict, List, Sequence, Tuple

import numpy as np

from engine.learning.fingerprints import ROOT

# Few texts are a visitor's message, not a training: those are never written down.
FEWEST = 50
FOLDER = ROOT / ".rasa" / "vectors"

Encode = Callable[[Sequence[str]], np.ndarray]


def encode_kept(encode: Encode, texts: Sequence[str], name: str, folder: Path = FOLDER) -> np.ndarray:
    """The rows of `encode(texts)`; `name` tells encoders and kinds of vectors apart.

    What was encoded before under that name is read back; a file that cannot be used is made anew.
    """
    if len(texts) < FEWEST:
        return encode(texts)
    path = folder / f"{name}.sqlite"
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    try:
        kept = _read(path)
    except sqlite3.Error:
        path.unlink()
        kept = {}
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if new:
        rows = encode(list(new.values()))
        made = dict(zip(new, rows, strict=True))
        _write(path, made)
        kept.update(made)
    return np.stack([kept[key] for key in keys])


def _read(path: Path) -> Dict[str, np.ndarray]:
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        rows: List[Tuple[str, bytes]] = connection.execute("SELECT key, row FROM vectors").fetchall()
    return {key: np.frombuffer(row, dtype=np.float32) for key, row in rows}


def _write(path: Path, made: Dict[str, np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, row BLOB)")
        rows = [(key, row.astype(np.float32).tobytes()) for key, row in made.items()]
        connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
