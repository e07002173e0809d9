"""What trainers taught, read fast: the utterances of `data/nlu` with their intents, as Rasa's own reader gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_ANNOTATION = re.compile(r"\[(?P<said>[^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_utterances(folder: Path) -> list[tuple[str, str]]:
    """Every (text, intent) of every file of the folder, in order, without annotations; raises yaml.YAMLError."""
    return [pair for path in sorted(folder.glob("*.y*ml")) for pair in _read(path)]


def _read(path: Path) -> Iterator[tuple[str, str]]:
    document: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    for block in (document or {}).get("nlu") or ():
        if "intent" in block:
            for line in str(block.get("examples") or "").splitlines():
                written = line.strip()
                if written.startswith("- "):
                    yield _ANNOTATION.sub(lambda match: match["said"], written[2:].strip()), str(block["intent"])


def read_emergencies(file: Path) -> list[tuple[str, str]]:
    """Every example of a red-flag file with the flag it must raise; raises yaml.YAMLError."""
    document: Any = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
    return [
        (line.strip(), str(flag["name"]))
        for flag in (document or {}).get("flags") or ()
        for part in (flag, *(flag.get("cards") or ()))
        for line in str(part.get("examples") or "").splitlines()
        if line.strip()
    ]
