"""What training would read from `data/nlu` otherwise than a trainer meant it, each with its file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from clinic.teaching.model import Example
from clinic.teaching.nlu_examples import ANNOTATION, SUFFIXES, UnreadableExamples, hash_of, plain, read_file
from language.data_file import Document, load

_VERSIONS = ("3.0", "3.1")
_BLOCKS = ("intent", "synonym", "lookup", "regex")
_BRACKET = re.compile(r"\[[^\]]*\]?[({]?[^)}\s]*|\]\s*[({]")


@dataclass(frozen=True, slots=True)
class Names:
    """The intents and entities the domain knows."""

    intents: frozenset[str]
    entities: frozenset[str]

    @classmethod
    def load(cls, domain: Path) -> Names:
        """From `domain.yml`, read again where it has changed; raises DataFileError."""
        told = domain.stat() if domain.exists() else None
        return _names_of(domain, (told.st_mtime_ns, told.st_size) if told else None)


def find_file_faults(folder: Path, names: Names) -> list[str]:
    """Every fault of every file of utterances, in a sentence; of one that cannot be read the first alone."""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("."))
    return [fault for path in files for fault in file_faults(path, names)]


def file_faults(path: Path, names: Names) -> list[str]:
    """Every fault of one file of utterances; the first alone where it cannot be read."""
    if path.suffix == ".json":
        return [f"{path.name}:1: training reads this file and nothing checks it: write it as YAML (.yml)"]
    if path.suffix not in SUFFIXES:
        return [f"{path.name}:1: training does not read this file: write it as YAML (.yml), or take it away"]
    return list(_faults_of(path, hash_of(path), names))


@lru_cache(maxsize=64)
def _faults_of(path: Path, _hash: str, names: Names) -> tuple[str, ...]:
    """Looked at again only when the file or the domain's names changed."""
    try:
        layout = [*_layout_faults(load(path))]
        return (*layout, *(fault for one in read_file(path) for fault in _example_faults(one, names)))
    except (UnreadableExamples, ValueError) as error:
        return (str(error),)


@lru_cache(maxsize=16)
def _names_of(domain: Path, _stamp: tuple[int, int] | None) -> Names:
    content = load(domain).plain
    return Names(*(frozenset(_names(content.get(key) or ())) for key in ("intents", "entities")))


def _names(listed: Any) -> Iterator[str]:
    for one in listed:
        yield from one if isinstance(one, dict) else [str(one)]


def _layout_faults(document: Document) -> Iterator[str]:
    name, content = document.path.name, document.plain
    version = content.get("version") if isinstance(content, dict) else None
    if version is not None and version not in _VERSIONS:
        line = next((at for at, one in enumerate(document.lines, 1) if one.startswith("version")), 1)
        yield f'{name}:{line}: the version is {version!r}: write `version: "3.1"`, or training reads nothing here'
    for at, written in enumerate(document.lines, 1):
        if re.match(r"\s*examples:\s*>", written):
            yield f"{name}:{at}: `examples: >` makes one utterance of all its lines: write `examples: |`"
    marked: Any = document.marked
    blocks: Any = marked.get("nlu") if isinstance(content, dict) else None
    for place, block in enumerate(blocks or ()):
        if not isinstance(block, dict) or not any(kind in block for kind in _BLOCKS):
            line = blocks.lc.item(place)[0] + 1
            yield f"{name}:{line}: a block begins with `- intent:`, `- synonym:`, `- lookup:` or `- regex:`"


def _example_faults(example: Example, names: Names) -> Iterator[str]:
    if example.intent not in names.intents:
        yield f"{example.place}: `{example.intent}` is no intent of domain.yml"
    if left := _BRACKET.search(plain(example.text)):
        yield f"{example.place}: a bracket without its pair at `{left.group().strip()}`: write `[words](entity)`"
    for match in ANNOTATION.finditer(example.text):
        try:
            entity = _entity(match.group("told"))
        except ValueError:
            yield f"{example.place}: `{match.group()}` cannot be read: write `[words](entity)`"
            continue
        if entity not in names.entities:
            yield f"{example.place}: `{entity}` is no entity of domain.yml"


def _entity(told: str) -> str:
    """The entity an annotation names, `(condition)` or `{"entity": "condition", ...}`; raises ValueError."""
    if told.startswith("("):
        return told[1:-1].split(":")[0]
    content = json.loads(told)
    return str(content.get("entity", ""))
