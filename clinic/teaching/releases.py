"""Trained models on disk: candidates beside the published one, known by hash."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from clinic.problem import Problem


class ModelError(Problem):
    """A model that may not be loaded; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """A published model: its file's name and hash, what it was made of and when, how it was learned and by whom it was
    published.

    `base` names the wholly trained model that a quickly learned one shares everything with but its intents.
    """

    file: str
    sha256: str
    made_of: str
    at: str
    base: str = ""
    who: str = ""
    why: str = ""

    @property
    def whole(self) -> str:
        """The wholly trained model that it is, or shares everything but its intents with."""
        return self.base or self.file


def published(root: Path) -> Release | None:
    """The published model, or None where there is none yet. Its file is checked when it is loaded."""
    path = root / "models" / "published.json"
    if not path.exists():
        return None
    try:
        return Release(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError):
        raise ModelError(
            "models/published.json cannot be read, so it is not known which model is published. Run `bin/clinic "
            "releases back` to take the newest of the history, or delete the file and run `make run`."
        ) from None


def checked_model(root: Path) -> Path:
    """The published model's file, its hash checked: a model file is code, only our own is loaded."""
    release = published(root)
    path = root / "models" / release.file if release else None
    if release is None or path is None or not path.exists():
        raise ModelError("There is no trained model: run `make run` or `bin/clinic train`.")
    if _hash(path) != release.sha256:
        raise ModelError(f"models/{release.file} is not the file that was published. Run `bin/clinic train --force`.")
    return path


@dataclass(frozen=True, slots=True)
class Note:
    """What is remembered of a publishing beside the model itself."""

    made_of: str
    base: str = ""
    who: str = ""
    why: str = ""


def publish(root: Path, candidate: Path, note: Note) -> Release:
    """Make a candidate the published model; the earlier ones stay beside it for going back."""
    target = root / "models" / candidate.name
    os.replace(candidate, target)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    release = Release(candidate.name, _hash(target), note.made_of, at, note.base, note.who, note.why)
    _remember(root, release)
    return release


def history(root: Path) -> list[Release]:
    """Every publishing whose model is still there, the newest first; a line that cannot be read is left out."""
    path = root / "models" / "releases.jsonl"
    if not path.exists():
        found = published_or_none(root)
        return [found] if found else []
    lines = path.read_text(encoding="utf-8").splitlines()
    releases = [release for line in lines if (release := _release_of(line)) is not None]
    return [one for one in reversed(releases) if (root / "models" / one.file).exists()]


def go_back(root: Path, file: str = "", who: str = "") -> Release:
    """Publish an earlier model again, the one before the published where none is named; raises ModelError."""
    now = published_or_none(root)
    earlier = [one for one in history(root) if now is None or one.file != now.file]
    found = next((one for one in earlier if not file or one.file.startswith(file)), None)
    if found is None:
        raise ModelError("There is no earlier model to go back to; `bin/clinic releases list` shows what there is.")
    if _hash(root / "models" / found.file) != found.sha256:
        raise ModelError(f"models/{found.file} is not the file that was published then.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    release = Release(found.file, found.sha256, found.made_of, at, found.base, who, "gone back to")
    _remember(root, release)
    return release


def published_or_none(root: Path) -> Release | None:
    """The published model; None also where what says so cannot be read."""
    try:
        return published(root)
    except ModelError:
        return None


def id_of_model(archive: Path) -> str:
    """The id that an engine gives as its model's, once it answers by this archive; empty where there is none."""
    try:
        with tarfile.open(archive) as tar:
            found = next((one for one in tar if one.name.endswith("metadata.json")), None)
            told = tar.extractfile(found) if found else None
            return str(json.load(told)["model_id"]) if told else ""
    except (OSError, ValueError, KeyError, tarfile.TarError):
        return ""


def _release_of(line: str) -> Release | None:
    try:
        return Release(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _remember(root: Path, release: Release) -> None:
    """The history first: where the disk is full, what is live stays as it was."""
    log = root / "models" / "releases.jsonl"
    before = log.read_bytes() if log.exists() else b""
    with log.open("ab") as history_file:
        broken = before and not before.endswith(b"\n")  # a line that was cut off takes no other with it
        history_file.write((b"\n" if broken else b"") + json.dumps(asdict(release)).encode() + b"\n")
    record = root / "models" / "published.json"
    draft = record.with_suffix(".tmp")
    draft.write_text(json.dumps(asdict(release), indent=2) + "\n", encoding="utf-8")
    os.replace(draft, record)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
