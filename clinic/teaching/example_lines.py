"""One utterance put into, or taken out of, the files of `data/nlu`; every other line keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from clinic.problem import Problem
from clinic.teaching.nlu_examples import SUFFIXES, words
from language.data_file import DataFileError, Document, read

_INTENT = re.compile(r"- intent:\s*['\"]?(?P<name>[\w/]+)['\"]?\s*(?:#.*)?$")
_LINE = re.compile(r"(?P<indent>\s+)- (?P<text>.*\S)\s*$")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_LOCK = Lock()


class NotTaught(Problem):
    """An utterance that may not be taught; the sentence says why, with file and line."""


def intents_of(folder: Path) -> list[str]:
    """Every intent that has a block in some file, in alphabetical order."""
    return sorted({name for path in _files(folder) for _, name in _blocks(read(path))})


def known_words(folder: Path) -> dict[tuple[str, ...], str]:
    """The folded words of every utterance with its intent."""
    return {words(text): name for path in _files(folder) for name, _, text in _lines(read(path))}


def add_line(folder: Path, intent: str, text: str) -> None:
    """Put an utterance at the end of its intent's last block; raises NotTaught and changes nothing."""
    if not text.strip() or _FORBIDDEN.search(text):
        raise NotTaught("An utterance is one line of words, without control characters.")
    with _LOCK:
        found: tuple[Document, int, str] | None = None
        for path in _files(folder):
            document = _read(path)
            for name, line, known in _lines(document):
                if words(known) == words(text):
                    raise NotTaught(f"{path.name}:{line}: that is an example of {name} already.")
                if name == intent:
                    indent = _LINE.match(document.lines[line - 1])
                    found = (document, line, indent["indent"] if indent else "    ")
        if found is None:
            raise NotTaught(f"There is no intent {intent!r} with examples: choose one of the list.")
        document, line, indent_ = found
        document.insert(line + 1, f"{indent_}- {text.strip()}")
        _save(document)


def remove_line(folder: Path, intent: str, text: str) -> bool:
    """Take an utterance out again; whether it was there."""
    with _LOCK:
        for path in _files(folder):
            document = _read(path)
            for name, line, known in _lines(document):
                if name == intent and known == text:
                    document.remove(line)
                    _save(document)
                    return True
    return False


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def _read(path: Path) -> Document:
    try:
        return read(path)
    except DataFileError as error:
        raise NotTaught(f"{error}. Mend the file first.") from None


def _save(document: Document) -> None:
    try:
        document.save()
    except (DataFileError, OSError) as error:
        raise NotTaught(f"Nothing was saved. {error}") from None


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
