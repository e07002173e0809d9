"""One file of utterances as it was read; read again, it keeps what stands above the first line that changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from clinic.teaching.nlu_examples import words
from clinic.teaching.utterance_lines import Block, Utterance, scan
from language.data_file import DataFileError, read

Words = dict[tuple[str, ...], tuple[Utterance, ...]]
"""Utterances by their folded words."""


@dataclass(frozen=True)
class ReadFile:
    """What a file teaches, in its order, or the fault for which it teaches nothing."""

    lines: tuple[str, ...]
    utterances: tuple[Utterance, ...] = ()
    blocks: tuple[Block, ...] = ()
    by_words: Words = field(default_factory=dict)
    fault: str = ""


def read_again(root: Path, name: str, before: ReadFile | None) -> ReadFile:
    """The file as it stands now; `before` is as it was read last."""
    before = before or ReadFile(())
    try:
        document = read(root / name)
    except DataFileError as error:
        return ReadFile((), fault=f"{error}. Until then nothing of this file is taught or shown.")
    lines = document.lines
    same = _same(before.lines, lines)
    kept = bisect_right(before.utterances, same, key=lambda one: one.line)
    blocks, fresh = [], []
    for block, found in scan(name, document, same):
        blocks.append(block)
        fresh += found
    by_words = _renewed(before.by_words, before.utterances[kept:], fresh)
    return ReadFile(lines, (*before.utterances[:kept], *fresh), tuple(blocks), by_words)


def _same(before: Sequence[str], now: Sequence[str]) -> int:
    """How many lines at the beginning are the same."""
    most = min(len(before), len(now))
    if before[:most] == now[:most]:
        return most
    return next(at for at in range(most) if before[at] != now[at])


def _renewed(known: Words, gone: Sequence[Utterance], fresh: Iterable[Utterance]) -> Words:
    """What is known of a file's beginning, without what is gone from its end and with what came there."""
    found = dict(known)
    for said in {_folded(one.text) for one in gone}:
        left = tuple(one for one in found.pop(said) if one.line < gone[0].line)
        if left:
            found[said] = left
    for one in fresh:
        said = _folded(one.text)
        found[said] = (*found.get(said, ()), one)
    return found


@lru_cache(maxsize=60_000)
def _folded(text: str) -> tuple[str, ...]:
    return words(text)
