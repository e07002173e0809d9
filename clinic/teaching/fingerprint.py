"""What a model is made of, as one hash: if it changed, the model is trained anew."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from pathlib import Path

from language.lay_words import LayWords, LayWordsInvalid

LAY_WORDS = "data/lay_words.yml"
# Articles are not here: a new article is live without training.
MADE_OF = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules.yml",
    "data/stories.yml",
    "data/red_flags.yml",
    "data/turns.yml",
    LAY_WORDS,
    "engine/components",
    "engine/requirements.lock",
    "language",
    "models/encoder/encoder.json",
    "models/tuned/tuned.json",
)


def fingerprint(root: Path, without: Container[str] = ()) -> str:
    """The hash over everything in MADE_OF but what is in `without`, by name and content.

    Of the lay words it is the clinical words alone: the spelling of these is learned, a phrase for one is live without.
    """
    summed = hashlib.sha256()
    for name in MADE_OF:
        if name in without:
            continue
        place = root / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                content = _clinical_words(file) if name == LAY_WORDS else file.read_bytes()
                summed.update(file.relative_to(root).as_posix().encode() + b"\0" + content)
    return summed.hexdigest()


def _clinical_words(path: Path) -> bytes:
    try:
        return " ".join(sorted(LayWords.load(path).clinical_words)).encode()
    except (LayWordsInvalid, OSError):
        return path.read_bytes()
