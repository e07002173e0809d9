"""Where each kind of list stands in `data/`, read by the files' layout: a moment, where YAML takes seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from clinic.teaching.change_model import ChangeRefused
from clinic.teaching.nlu_examples import SUFFIXES
from clinic.teaching.taught_list import TaughtLine, TaughtList, meant
from language.data_file import DataFileError, read

FLAGS, CONDITIONS = "data/red_flags.yml", "data/conditions.yml"
_KEY = re.compile(r"^  (?P<key>(?P<quote>['\"]).+(?P=quote)|[^'\"\s#].*):\s*$")
Lines = tuple[str, ...]


def read_synonyms(root: Path) -> list[TaughtList]:
    """What visitors call a thing, a list for each thing."""
    return _of_nlu(root, "synonym", may_go=True)


def read_lookups(root: Path) -> list[TaughtList]:
    """Words that are an entity wherever they are said, a list for each entity."""
    return _of_nlu(root, "lookup", may_go=False)


def read_flag_examples(root: Path) -> list[TaughtList]:
    """Messages that must raise a card, a list for each card."""
    return _of_flags(root, "examples")


def read_look_alikes(root: Path) -> list[TaughtList]:
    """Messages that must raise none, a list for each flag."""
    return _of_flags(root, "look_alikes")


def read_conditions(root: Path) -> list[TaughtList]:
    """Names of conditions, parts of the body and things."""
    lines = lines_of(root, CONDITIONS)
    found = [(at, match[1]) for at, line in enumerate(lines) if (match := re.match(r"(\w+):\s*$", line))]
    return [_listed((name, CONDITIONS), lines, (at, at), ("  - ", True)) for at, name in found]


def read_asked(root: Path) -> list[TaughtList]:
    """Questions beside the sentences that answer them, a list for each sentence."""
    found = []
    for slug, path, lines in _asked_files(root):
        for at in _section(lines, "asked:"):
            if match := _KEY.match(lines[at]):
                name = f"{slug}: {meant(match['key'])}"
                found.append(_listed((name, path), lines, (at, at), ("    - ", True), may_go=True))
    return found


def read_unanswered(root: Path) -> list[TaughtList]:
    """Questions that an article leaves out, a list for each article."""
    return [
        _listed((slug, path), lines, (at, at), ("  - ", True), may_go=True)
        for slug, path, lines in _asked_files(root)
        for at, line in enumerate(lines)
        if line.rstrip() == "unanswered:"
    ]


def lines_of(root: Path, path: str) -> Lines:
    """The lines of a file; raises ChangeRefused with what is wrong with it."""
    try:
        return read(root / path).lines
    except DataFileError as error:
        raise ChangeRefused(f"{error}. Nothing can be shown or saved until that is mended.") from None


def _of_nlu(root: Path, kind: str, *, may_go: bool) -> list[TaughtList]:
    found: list[TaughtList] = []
    for file in sorted((root / "data" / "nlu").glob("*")):
        if file.suffix in SUFFIXES and not file.name.startswith("."):
            told = file.stat()
            found += _blocks_of(file, root, (kind, may_go), (told.st_mtime_ns, told.st_size))
    return found


@lru_cache(maxsize=64)
def _blocks_of(file: Path, root: Path, which: tuple[str, bool], _stamp: tuple[int, int]) -> tuple[TaughtList, ...]:
    """The blocks of one kind in one file, read again where it has changed: every page of utterances asks."""
    (kind, may_go), path = which, file.relative_to(root).as_posix()
    if f"- {kind}:".encode() not in file.read_bytes():  # most files hold none, and some very many lines
        return ()
    lines, begins = lines_of(root, path), re.compile(rf"\s*- {kind}:\s*(.+?)\s*$")
    return tuple(
        _listed((meant(match[1]), path), lines, (at, at + 1), ("    - ", False), may_go=may_go)
        for at, line in enumerate(lines[:-1])
        if (match := begins.match(line)) and re.match(r"\s*examples:\s*\|", lines[at + 1])
    )


def _of_flags(root: Path, field: str) -> list[TaughtList]:
    lines, found, flag, card = lines_of(root, FLAGS), [], "", ""
    for at, line in enumerate(lines):
        if match := re.match(r"- name: (\w+)", line):
            flag, card = match[1], ""
        elif match := re.match(r"  - name: (\w+)", line):
            card = f"{flag}.{match[1]}"
        elif flag and (match := re.match(rf"( +){field}: \|", line)):
            name = card if len(match[1]) > 2 and card else flag
            found.append(_listed((name, FLAGS), lines, (at, at), (f"{match[1]}  ", False)))
    return found


def _listed(
    told: tuple[str, str], lines: Sequence[str], head: tuple[int, int], how: tuple[str, bool], *, may_go: bool = False
) -> TaughtList:
    """The list under the heading lines `head` (first and last, from 0)."""
    (name, path), (first, last), (lead, quoted) = told, head, how
    items = [at for at in _within(lines, last) if _is_item(lines[at], lead)]
    found = tuple(TaughtLine(_words(lines[at], lead, quoted), path, at + 1, lines[at]) for at in items)
    end = items[-1] if items else last
    gone = tuple(lines[first : last + 1]) if may_go else ()
    return TaughtList(name, path, end + 2, lines[end], lead, quoted, found, gone, first + 1)


def _within(lines: Sequence[str], head: int) -> Iterator[int]:
    """The lines further in than the heading, or list items on its own depth, from 0."""
    depth = len(lines[head]) - len(lines[head].lstrip())
    for at in range(head + 1, len(lines)):
        if lines[at].strip() and len(lines[at]) - len(lines[at].lstrip()) <= depth:
            return
        yield at


def _section(lines: Sequence[str], name: str) -> Iterator[int]:
    at = next((at for at, line in enumerate(lines) if line.rstrip() == name), None)
    return _within(lines, at) if at is not None else iter(())


def _is_item(line: str, lead: str) -> bool:
    dashed = lead.strip() == "-"
    return line.lstrip().startswith("- ") if dashed else bool(line.strip())


def _words(line: str, lead: str, quoted: bool) -> str:
    bare = line.strip().removeprefix("- ").strip() if lead.strip() else line.strip()
    return meant(bare) if quoted else bare


def _asked_files(root: Path) -> Iterator[tuple[str, str, Lines]]:
    for file in sorted((root / "data" / "articles").glob("*.asked.yml")):
        path = file.relative_to(root).as_posix()
        yield file.name.removesuffix(".asked.yml"), path, lines_of(root, path)
