"""Hunks put into files: found again where somebody edited around them, refused where they were edited themselves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused, Hunk
from language.data_file import DataFileError, Document, read

EDITED = "was changed by somebody else meanwhile. Load the page again to see it as it is now."


def apply_hunks(root: Path, hunks: Iterable[Hunk]) -> tuple[dict[Path, str | None], tuple[Hunk, ...]]:
    """The new text of every file (None: it goes), and the hunks with the places they were found at.

    Later hunks of a file count lines as they are after the earlier ones. Writes nothing; raises ChangeRefused.
    """
    texts: dict[Path, str | None] = {}
    placed = []
    for hunk in hunks:
        path = inside(root, hunk.path)
        if path not in texts:
            texts[path] = _text_of(path)
        if hunk.whole:
            texts[path] = _replace_whole(hunk, texts[path])
            placed.append(hunk)
            continue
        text = texts[path]
        if text is None:
            raise ChangeRefused(f"{path.name} is not there any more.")
        document = Document(path, text)
        found = _locate(document, hunk)
        _put(document, found)
        texts[path] = document.text
        placed.append(found)
    return texts, tuple(placed)


def inside(root: Path, name: str) -> Path:
    """The file of that name below `data/`, or the domain; raises ChangeRefused for any other place."""
    path = root / name
    if name != "domain.yml" and not path.resolve().is_relative_to((root / "data").resolve()):
        raise ChangeRefused("Only files in the folder data, and domain.yml, are changed here.")
    return path


def write_all(texts: Mapping[Path, str | None]) -> None:
    """Write every file or none: each is written beside its place first, and put back where a later one fails."""
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    parts: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            if text is not None:
                parts[path] = _write_beside(path, text.encode("utf-8"))
        for path, text in texts.items():
            if text is None:
                path.unlink(missing_ok=True)
            else:
                parts[path].replace(path)
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        _restore(before)
        why = error.strerror or error
        raise ChangeRefused(f"Nothing was saved: {why}. Free some space, then save again.") from None


def _write_beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    if path.exists():
        part.chmod(path.stat().st_mode & 0o777)
    return part


def _restore(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        now = path.read_bytes() if path.exists() else None
        if now == content:
            continue
        if content is None:
            path.unlink(missing_ok=True)
        else:
            _write_beside(path, content).replace(path)


def _text_of(path: Path) -> str | None:
    try:
        return read(path).text if path.exists() else None
    except DataFileError as error:
        raise ChangeRefused(f"{error}. Nothing was saved.") from None


def _replace_whole(hunk: Hunk, text: str | None) -> str | None:
    expected = hunk.before[0] if hunk.before else None
    if text != expected:
        raise ChangeRefused(f"{Path(hunk.path).name} {EDITED}")
    return hunk.after[0] if hunk.after else None


def _locate(document: Document, hunk: Hunk) -> Hunk:
    """The hunk with the line it stands on now; raises ChangeRefused where that is not certain."""
    lines = document.lines
    wanted, shift = (hunk.before, 0) if hunk.before else ((hunk.above,), 1)
    if not hunk.before and not hunk.above and hunk.line == 1:
        return hunk
    at = hunk.line - shift
    if lines[at - 1 : at - 1 + len(wanted)] != wanted or at < 1:
        places = [one for one in range(1, len(lines) + 1) if lines[one - 1 : one - 1 + len(wanted)] == wanted]
        if len(places) != 1:
            raise ChangeRefused(f"{document.path.name}:{hunk.line} {EDITED}")
        at = places[0]
    line = at + shift
    return replace(hunk, line=line, above=lines[line - 2] if line > 1 else "")


def _put(document: Document, hunk: Hunk) -> None:
    for _ in hunk.before:
        document.remove(hunk.line)
    for number, text in enumerate(hunk.after):
        document.insert(hunk.line + number, text)
