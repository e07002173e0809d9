"""From what was taught to a published model. Training itself happens in the engine's own environment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from clinic.teaching.fingerprint import fingerprint
from clinic.teaching.releases import Note, Release, publish, published_or_none

# Trains what is at the root into a folder under a name; returns the file. Raises TrainingFailed.
Train = Callable[[Path, str], Path]


def needs_training(root: Path) -> bool:
    """Whether there is no model, or something it was made of changed since."""
    release = published_or_none(root)
    if release is None or not (root / "models" / release.file).exists():
        return True
    return release.made_of != fingerprint(root)


def train_candidate(root: Path, train: Train) -> tuple[Path, Note]:
    """Train a candidate from what is taught now, and publish nothing: `releases.publish` does."""
    note = Note(fingerprint(root))
    return train(candidates_of(root), name_of(note.made_of)), note


def train_and_publish(root: Path, train: Train) -> Release:
    """The first model, and the one of a start after an edit: trained, then published; nothing where training fails."""
    return publish(root, *train_candidate(root, train))


def candidates_of(root: Path) -> Path:
    """The folder of models that are not published."""
    candidates = root / "models" / "candidates"
    candidates.mkdir(parents=True, exist_ok=True)
    return candidates


def name_of(made_of: str) -> str:
    """A new model's name, by time and by what it is made of."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S") + "-" + made_of[:8]
