"""Utterances by the layout of their files alone, which takes a tenth of a second; and one more as a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused, Draft, Hunk
from clinic.teaching.nlu_examples import SUFFIXES, words
from language.data_file import DataFileError, Document, read

_INTENT = re.compile(r"- intent:\s*['\"]?(?P<name>[\w/]+)['\"]?\s*(?:#.*)?$")
_LINE = re.compile(r"(?P<indent>\s+)- (?P<text>.*\S)\s*$")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


def intents_of(folder: Path) -> list[str]:
    """Every intent that has a block in some file, in alphabetical order."""
    return sorted({name for path in _files(folder) for _, name in _blocks(read(path))})


def known_words(folder: Path) -> dict[tuple[str, ...], str]:
    """The folded words of every utterance with its intent."""
    return {words(text): name for path in _files(folder) for name, _, text in _lines(read(path))}


def draft_example(root: Path, intent: str, text: str, source: str) -> Draft:
    """An utterance at the end of its intent's last block, as a change; raises ChangeRefused."""
    text = text.strip()
    if not text or _FORBIDDEN.search(text):
        raise ChangeRefused("An utterance is one line of words, without control characters.")
    last: tuple[Path, int, str] | None = None
    for path in _files(root / "data" / "nlu"):
        document = _read(path)
        for name, line, known in _lines(document):
            if words(known) == words(text):
                raise ChangeRefused(f"{path.name}:{line}: that is an example of {name} already.")
            if name == intent:
                last = (path, line, document.lines[line - 1])
    if last is None:
        raise ChangeRefused(f"There is no intent {intent!r} with examples: choose one of the list.")
    path, line, above = last
    indent = above[: len(above) - len(above.lstrip())]
    hunk = Hunk(path.relative_to(root).as_posix(), line + 1, (), (f"{indent}- {text}",), above)
    return Draft("example added", f"“{text}” is an example of {intent}.", (hunk,), source)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def _read(path: Path) -> Document:
    try:
        return read(path)
    except DataFileError as error:
        raise ChangeRefused(f"{error}. Mend the file first.") from None


def _blocks(document: Document) -> Iterator[tuple[int, str]]:
    for line, written in enumerate(document.lines, 1):
        if match := _INTENT.match(written.strip()):
            yield line, match["name"]


def _lines(document: Document) -> Iterator[tuple[str, int, str]]:
    """Intent, line and text of each utterance, by the layout alone: the YAML is checked when the file is saved."""
    intent = ""
    for line, written in enumerate(document.lines, 1):
        stripped = written.strip()
        if match := _INTENT.match(stripped):
            intent = match["name"]
        elif stripped.startswith(("- synonym:", "- lookup:", "- regex:")):
            intent = ""
        elif intent and (found := _LINE.match(written)):
            yield intent, line, found["text"]
