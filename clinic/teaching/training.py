"""From what was taught to a published model. Training itself happens in the engine's own environment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from clinic.teaching.fingerprint import fingerprint
from clinic.teaching.releases import Release, publish, published

# Trains what is at the root into a folder under a name; returns the file. Raises TrainingFailed.
Train = Callable[[Path, str], Path]


def needs_training(root: Path) -> bool:
    """Whether there is no model, or something it was made of changed since."""
    release = published(root)
    if release is None or not (root / "models" / release.file).exists():
        return True
    return release.made_of != fingerprint(root)


def train_and_publish(root: Path, train: Train) -> Release:
    """Train a candidate from what is taught now, then publish it; nothing is published when training fails."""
    made_of = fingerprint(root)
    name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S") + "-" + made_of[:8]
    candidates = root / "models" / "candidates"
    candidates.mkdir(parents=True, exist_ok=True)
    return publish(root, train(candidates, name), made_of)
