"""Every utterance of `data/nlu` with its place, read again only where a file changed; fast enough for a page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from clinic.teaching.nlu_examples import SUFFIXES, plain, words
from language.data_file import DataFileError, Document, read

_INTENT = re.compile(r"^(?P<dash>\s*)-\s+intent:\s*(?P<name>.*?)\s*(?:#.*)?$")
_OTHER = re.compile(r"^\s*-\s+(?:synonym|lookup|regex):")
_EXAMPLES = re.compile(r"^(?P<indent>\s*)examples:\s*\|[+-]?\s*$")
_SOURCE = re.compile(r"^\s*source:\s*(?P<source>.+?)\s*$")


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line that teaches: `text` keeps its annotations, `raw` is the whole line."""

    text: str
    intent: str
    path: str
    line: int
    raw: str

    @property
    def plain(self) -> str:
        """The words a visitor would type."""
        return plain(self.text)

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Block:
    """A list of utterances in a file: `end` is the line a new one is put on, `above` the line before that."""

    intent: str
    path: str
    end: int
    above: str
    indent: str
    note: str
    source: str = ""


@dataclass(frozen=True)
class Snapshot:
    """What stands in the files: utterances and blocks in order, and the files that cannot be read."""

    utterances: tuple[Utterance, ...]
    blocks: tuple[Block, ...]
    faults: tuple[str, ...] = field(default=())

    @cached_property
    def by_intent(self) -> dict[str, tuple[Utterance, ...]]:
        """Utterances of each intent, in order."""
        found: dict[str, list[Utterance]] = defaultdict(list)
        for one in self.utterances:
            found[one.intent].append(one)
        return {intent: tuple(listed) for intent, listed in found.items()}

    @cached_property
    def by_words(self) -> dict[tuple[str, ...], tuple[Utterance, ...]]:
        """Utterances by their folded words: more than one are duplicates."""
        found: dict[tuple[str, ...], list[Utterance]] = defaultdict(list)
        for one in self.utterances:
            found[_folded(one.text)].append(one)
        return {said: tuple(listed) for said, listed in found.items()}

    def same_words(self, text: str) -> tuple[Utterance, ...]:
        """Utterances that say the same but for case, accents, punctuation and annotation."""
        return self.by_words.get(words(text), ())

    def note(self, intent: str) -> str:
        """What is written above the intent's first list that has a note."""
        return next((one.note for one in self.blocks if one.intent == intent and one.note), "")

    def search(self, asked: str) -> list[Utterance]:
        """Utterances that hold every word asked for, in any case and order, annotations looked through."""
        wanted = asked.casefold().split()
        return [one for one in self.utterances if all(word in _lower(one.text) for word in wanted)] if wanted else []

    def at(self, key: str) -> Utterance | None:
        """The utterance a form names."""
        path, _, line = key.rpartition(":")
        return next((one for one in self.utterances if str(one.line) == line and one.path == path), None)


class UtteranceIndex:
    """Reads `data/nlu` of a project; `snapshot()` is as new as the files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._stamps: tuple[tuple[str, int, int], ...] = ()
        self._files: dict[tuple[str, int, int], tuple[list[Utterance], list[Block], str]] = {}
        self._snapshot = Snapshot((), ())

    def snapshot(self) -> Snapshot:
        """Everything as it stands now."""
        folder = self._root / "data" / "nlu"
        paths = [one for one in sorted(folder.rglob("*")) if one.suffix in SUFFIXES and not one.name.startswith(".")]
        stamps = tuple(_stamp(self._root, one) for one in paths)
        if stamps != self._stamps:
            known = self._files
            self._files = {one: known[one] if one in known else self._read(one[0]) for one in stamps}
            read_ones = [self._files[one] for one in stamps]
            self._snapshot = Snapshot(
                tuple(one for utterances, _, _ in read_ones for one in utterances),
                tuple(one for _, blocks, _ in read_ones for one in blocks),
                tuple(fault for _, _, fault in read_ones if fault),
            )
            self._stamps = stamps
        return self._snapshot

    def _read(self, name: str) -> tuple[list[Utterance], list[Block], str]:
        try:
            document = read(self._root / name)
        except DataFileError as error:
            return [], [], f"{error}. Until then nothing of this file is taught or shown."
        utterances: list[Utterance] = []
        blocks: list[Block] = []
        for block, found in scan(name, document):
            blocks.append(block)
            utterances += found
        return utterances, blocks, ""


def scan(name: str, document: Document) -> Iterator[tuple[Block, list[Utterance]]]:
    """The lists of utterances of a file, by its lines alone: a thousand times faster than parsing the YAML."""
    lines = document.lines
    intent = note = source = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if found := _INTENT.match(line):
            intent, note, source = found["name"].strip("'\""), _note_above(lines, at), ""
        elif _OTHER.match(line):
            intent = ""
        elif found := _SOURCE.match(line):
            source = found["source"].strip("'\"")
        elif intent and (found := _EXAMPLES.match(line)):
            first = at + 1
            at = _end_of(lines, first, len(found["indent"]))
            yield _block(name, lines, (first, at), (intent, note, source), found["indent"])
            continue
        at += 1


def _block(
    name: str, lines: Sequence[str], span: tuple[int, int], told: tuple[str, str, str], indent: str
) -> tuple[Block, list[Utterance]]:
    intent, note, source = told
    written = [at for at in range(*span) if lines[at].lstrip().startswith("- ")]
    utterances = [Utterance(lines[at].strip()[2:].strip(), intent, name, at + 1, lines[at]) for at in written]
    last = written[-1] if written else span[0] - 1
    inner = lines[last][: len(lines[last]) - len(lines[last].lstrip())] if written else f"{indent}  "
    return Block(intent, name, last + 2, lines[last], inner, note, source), utterances


def _end_of(lines: Sequence[str], first: int, indent: int) -> int:
    at = first
    while at < len(lines) and (not lines[at].strip() or len(lines[at]) - len(lines[at].lstrip(" ")) > indent):
        at += 1
    return at


def _note_above(lines: Sequence[str], at: int) -> str:
    above = []
    while at > 0 and lines[at - 1].lstrip().startswith("#"):
        at -= 1
        above.append(lines[at].strip().lstrip("# ").strip())
    return " ".join(reversed([one for one in above if not one.startswith("---")]))


def _stamp(root: Path, path: Path) -> tuple[str, int, int]:
    told = path.stat()
    return path.relative_to(root).as_posix(), told.st_mtime_ns, told.st_size


@lru_cache(maxsize=60_000)
def _folded(text: str) -> tuple[str, ...]:
    return words(text)


@lru_cache(maxsize=60_000)
def _lower(text: str) -> str:
    return plain(text).casefold()
