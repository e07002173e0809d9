"""The model that was learned last and is not published: what a trial chat can be had with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from clinic.teaching.releases import published_or_none
from clinic.web.studio.desk import Studio


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file in `models/candidates` and its hash."""

    file: str
    sha256: str


def candidate_of(studio: Studio) -> Candidate | None:
    """The newest model that is newer than the published one; None where there is none."""
    folder = studio.settings.root / "models"
    release = published_or_none(studio.settings.root)
    live = folder / release.file if release else None
    since = live.stat().st_mtime if live and live.exists() else 0.0
    newer = [one for one in (folder / "candidates").glob("*.tar.gz") if one.stat().st_mtime > since]
    newest = max(newer, key=lambda one: one.stat().st_mtime, default=None)
    return Candidate(newest.name, _hash(newest)) if newest else None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
