"""Files a component is made of, so that Rasa trains it again when one of them changes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from language.encoder import Encoder
from language.tuned_layers import FOLDER

ROOT = Path(__file__).parents[2]


def hash_files(*names: str) -> str:
    """SHA-256 over the files, named from the repository's root; a folder stands for the *.py in it.

    A missing file counts as empty: the component that reads it says what is wrong.
    """
    total = hashlib.sha256()
    for name in names:
        path = ROOT / name
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            content = file.read_bytes() if file.is_file() else b""
            total.update(f"{file.name} {len(content)} ".encode() + content)
    return total.hexdigest()


@lru_cache(maxsize=2)
def load_encoder(folder: str) -> Encoder:
    """The sentence encoder in `folder`, named from the root, with its tuned layers; loaded once a process."""
    return Encoder.load(ROOT / folder, tuned=ROOT / FOLDER)
