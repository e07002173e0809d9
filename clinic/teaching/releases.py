"""Trained models on disk: candidates beside the published one, known by hash."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from clinic.problem import Problem


class ModelError(Problem):
    """A model that may not be loaded; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """The published model: its file's name and hash, what it was made of, and when it was published."""

    file: str
    sha256: str
    made_of: str
    at: str


def published(root: Path) -> Release | None:
    """The published model, or None where there is none yet. Its file is checked when it is loaded."""
    path = root / "models" / "published.json"
    if not path.exists():
        return None
    return Release(**json.loads(path.read_text(encoding="utf-8")))


def checked_model(root: Path) -> Path:
    """The published model's file, its hash checked: a model file is code, only our own is loaded."""
    release = published(root)
    path = root / "models" / release.file if release else None
    if release is None or path is None or not path.exists():
        raise ModelError("There is no trained model: run `make run` or `bin/clinic train`.")
    if _hash(path) != release.sha256:
        raise ModelError(f"models/{release.file} is not the file that was published. Run `bin/clinic train --force`.")
    return path


def publish(root: Path, candidate: Path, made_of: str) -> Release:
    """Make a candidate the published model; the earlier ones stay beside it for going back."""
    target = root / "models" / candidate.name
    os.replace(candidate, target)
    release = Release(candidate.name, _hash(target), made_of, datetime.now(UTC).isoformat(timespec="seconds"))
    record = root / "models" / "published.json"
    draft = record.with_suffix(".tmp")
    draft.write_text(json.dumps(asdict(release), indent=2) + "\n", encoding="utf-8")
    os.replace(draft, record)
    return release


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
