"""What a model is made of, as one hash: if it changed, the model is trained anew."""

from __future__ import annotations

import hashlib
from pathlib import Path

# Articles are not here: a new article is live without training.
MADE_OF = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules.yml",
    "data/stories.yml",
    "data/red_flags.yml",
    "data/turns.yml",
    "data/lay_words.yml",
    "engine/components",
    "engine/requirements.lock",
    "language",
    "models/encoder/encoder.json",
)


def fingerprint(root: Path) -> str:
    """The hash over everything in MADE_OF, by name and content."""
    summed = hashlib.sha256()
    for name in MADE_OF:
        place = root / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                summed.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return summed.hexdigest()
