"""Every utterance of `data/nlu` with its place, read again only where a file changed; fast enough for a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

from clinic.teaching.nlu_examples import SUFFIXES, plain, words
from clinic.teaching.utterance_file import ReadFile, Words, read_again
from clinic.teaching.utterance_lines import Block as Block
from clinic.teaching.utterance_lines import Utterance as Utterance
from clinic.teaching.utterance_lines import scan as scan

Stamp = tuple[str, int, int]


@dataclass(frozen=True)
class Snapshot:
    """What stands in the files: utterances and blocks in order, and the files that cannot be read."""

    files: tuple[ReadFile, ...]
    utterances: tuple[Utterance, ...] = field(init=False)
    blocks: tuple[Block, ...] = field(init=False)
    faults: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "utterances", tuple(chain.from_iterable(one.utterances for one in self.files)))
        object.__setattr__(self, "blocks", tuple(chain.from_iterable(one.blocks for one in self.files)))
        object.__setattr__(self, "faults", tuple(one.fault for one in self.files if one.fault))

    @cached_property
    def by_intent(self) -> dict[str, tuple[Utterance, ...]]:
        """Utterances of each intent, in order."""
        found: dict[str, list[Utterance]] = defaultdict(list)
        for one in self.utterances:
            found[one.intent].append(one)
        return {intent: tuple(listed) for intent, listed in found.items()}

    @cached_property
    def by_words(self) -> Words:
        """Utterances by their folded words: more than one are duplicates."""
        found: Words = {}
        for file in self.files:
            for said, listed in file.by_words.items():
                found[said] = (*found.get(said, ()), *listed)
        return found

    def same_words(self, text: str) -> tuple[Utterance, ...]:
        """Utterances that say the same but for case, accents, punctuation and annotation."""
        said = words(text)
        return tuple(chain.from_iterable(file.by_words.get(said, ()) for file in self.files))

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
        self._stamps: tuple[Stamp, ...] = ()
        self._files: dict[str, tuple[Stamp, ReadFile]] = {}
        self._snapshot = Snapshot(())

    def snapshot(self) -> Snapshot:
        """Everything as it stands now."""
        folder = self._root / "data" / "nlu"
        paths = [one for one in sorted(folder.rglob("*")) if one.suffix in SUFFIXES and not one.name.startswith(".")]
        stamps = tuple(_stamp(self._root, one) for one in paths)
        if stamps != self._stamps:
            self._files = {one[0]: (one, self._read(one)) for one in stamps}
            self._snapshot = Snapshot(tuple(file for _, file in self._files.values()))
            self._stamps = stamps
        return self._snapshot

    def _read(self, stamp: Stamp) -> ReadFile:
        known = self._files.get(stamp[0])
        if known and known[0] == stamp:
            return known[1]
        return read_again(self._root, stamp[0], known[1] if known else None)


def _stamp(root: Path, path: Path) -> Stamp:
    told = path.stat()
    return path.relative_to(root).as_posix(), told.st_mtime_ns, told.st_size


@lru_cache(maxsize=60_000)
def _lower(text: str) -> str:
    return plain(text).casefold()
