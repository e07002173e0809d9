"""Utterances and their lists as they stand in a file of `data/nlu`, found by its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic.teaching.nlu_examples import plain
from language.data_file import Document

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


def scan(name: str, document: Document, known: int = 0) -> Iterator[tuple[Block, list[Utterance]]]:
    """The lists of utterances of a file, by its lines alone: a thousand times faster than parsing the YAML.

    Utterances of the first `known` lines are left out: what a line teaches depends on nothing below it.
    """
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
            block, written = _block(name, lines, (first, at), (intent, note, source), found["indent"])
            yield block, [_utterance(name, lines, intent, place) for place in written if place >= known]
            continue
        at += 1


def _block(
    name: str, lines: Sequence[str], span: tuple[int, int], told: tuple[str, str, str], indent: str
) -> tuple[Block, list[int]]:
    intent, note, source = told
    written = [at for at in range(*span) if lines[at].lstrip().startswith("- ")]
    last = written[-1] if written else span[0] - 1
    inner = lines[last][: len(lines[last]) - len(lines[last].lstrip())] if written else f"{indent}  "
    return Block(intent, name, last + 2, lines[last], inner, note, source), written


def _utterance(name: str, lines: Sequence[str], intent: str, at: int) -> Utterance:
    return Utterance(lines[at].strip()[2:].strip(), intent, name, at + 1, lines[at])


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
