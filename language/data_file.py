"""The one reader and writer of the YAML files people edit: faults by path and line, edits line by line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

# What YAML allows in a text; https://yaml.org/spec/1.2.2/#51-character-set
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = "\ufeff"


class DataFileError(ValueError):
    """A file that cannot be used: where, at which line (0 where no line is to blame), and what to mend."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}" if line else f"{path.name}: {problem}")
        self.path, self.line, self.problem = path, line, problem


class Document:
    """A YAML file as it was read: its text to the letter, and what it says.

    Edits work on whole lines, counted from 1; every other line keeps its bytes: comments, order, layout, line ends.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._lines = _split(text)
        self._plain: Any = None
        self._marked: Any = None

    @property
    def text(self) -> str:
        """The file's text as it would be written now."""
        return "".join(self._lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends."""
        return tuple(line.rstrip("\r\n") for line in self._lines)

    @property
    def plain(self) -> Any:
        """What the file says in plain dictionaries, lists and values; raises DataFileError."""
        if self._plain is None:
            self._plain = self._parse("safe")
        return self._plain

    @property
    def marked(self) -> Any:
        """The same with the place of each part (`.lc`); slower. Raises DataFileError."""
        if self._marked is None:
            self._marked = self._parse("rt")
        return self._marked

    def insert(self, line: int, text: str) -> None:
        """Put a line before that line; one past the last adds at the end."""
        if not 1 <= line <= len(self._lines) + 1:
            raise DataFileError(self.path, line, "there is no such line")
        if line == len(self._lines) + 1 and self._lines and not self._lines[-1].endswith("\n"):
            self._lines[-1] += self._end
        self._change(slice(line - 1, line - 1), [text + self._end])

    def replace(self, line: int, text: str) -> None:
        """Put another text in the place of a line; its line end stays."""
        self._check(line)
        old = self._lines[line - 1]
        self._change(slice(line - 1, line), [text + old[len(old.rstrip("\r\n")) :]])

    def remove(self, line: int) -> None:
        """Take a line out."""
        self._check(line)
        self._change(slice(line - 1, line), [])

    def save(self) -> None:
        """Write the file whole or not at all; raises DataFileError and writes nothing when it is no longer YAML."""
        self._parse("safe")
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        fresh.write_bytes(self.text.encode("utf-8"))
        if self.path.exists():
            fresh.chmod(self.path.stat().st_mode & 0o777)
        fresh.replace(self.path)

    @property
    def _end(self) -> str:
        return "\r\n" if self._lines and self._lines[0].endswith("\r\n") else "\n"

    def _check(self, line: int) -> None:
        if not 1 <= line <= len(self._lines):
            raise DataFileError(self.path, line, "there is no such line")

    def _change(self, where: slice, lines: list[str]) -> None:
        self._lines[where] = lines
        self._plain = self._marked = None

    def _parse(self, kind: str) -> Any:
        text = self.text.removeprefix(_MARK)
        if bad := _FORBIDDEN.search(text):
            line = text.count("\n", 0, bad.start()) + 1
            raise DataFileError(self.path, line, f"holds the character U+{ord(bad.group()):04X}: take it out")
        try:
            return YAML(typ=kind, pure=True).load(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise DataFileError(self.path, mark.line + 1 if mark else 1, f"not valid YAML, {error.problem}") from None
        except (YAMLError, ValueError, RecursionError) as error:
            raise DataFileError(self.path, 1, f"not valid YAML, {error}") from None


def load(path: Path) -> Document:
    """The file, its YAML read and found right; raises DataFileError where it cannot be read."""
    document = read(path)
    document.plain  # noqa: B018  (a fault is told here and not at first use)
    return document


def read(path: Path) -> Document:
    """The file's text, its YAML not looked at yet; raises DataFileError where it is missing or no text."""
    try:
        data = path.read_bytes()
        return Document(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataFileError(path, line, "not UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise DataFileError(path, 0, f"cannot be read: {error.strerror or error}") from None


def _split(text: str) -> list[str]:
    """Lines by line feeds alone: Python would also break at letters that YAML does not."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)
