"""Reads a folder of evaluation sets (JSON Lines, UTF-8)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .conversation_items import BookingItem, ConversationItem, FollowUpItem
from .items import AnswerItem, CalmItem, RedFlagItem, SeveralItem, SmalltalkItem, UncoveredItem, UtteranceItem
from .set_lines import READERS, Item


@dataclass(frozen=True, slots=True)
class EvaluationSets:
    """All sets of a folder; a set without a file is empty."""

    answers: tuple[AnswerItem, ...] = ()
    uncovered: tuple[UncoveredItem, ...] = ()
    followups: tuple[FollowUpItem, ...] = ()
    followups_2: tuple[FollowUpItem, ...] = ()
    several: tuple[SeveralItem, ...] = ()
    conversations: tuple[ConversationItem, ...] = ()
    changes: tuple[ConversationItem, ...] = ()
    utterances: tuple[UtteranceItem, ...] = ()
    booking: tuple[BookingItem, ...] = ()
    smalltalk: tuple[SmalltalkItem, ...] = ()
    redflags: tuple[RedFlagItem, ...] = ()
    lookalikes: tuple[CalmItem, ...] = ()
    notflags: tuple[CalmItem, ...] = ()
    ordinary: tuple[CalmItem, ...] = ()


SET_NAMES = tuple(f.name for f in fields(EvaluationSets))


class SetError(ValueError):
    """A set that cannot be used; the message names the file and the line."""


def _read(path: Path, reader: Callable[[dict[str, Any]], Item]) -> Iterator[Item]:
    seen: set[str] = set()
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8"))
            if not isinstance(row, dict):
                raise ValueError("a line must be a JSON object")
            row.setdefault("id", f"{path.stem}-{number:03d}")
            item = reader(row)
            if item.id in seen:
                raise ValueError(f"the id {item.id!r} stands twice")
        except (ValueError, AttributeError) as error:
            raise SetError(f"{path}:{number}: {error}") from error
        seen.add(item.id)
        yield item


def load_sets(folder: Path, only: Collection[str] | None = None) -> EvaluationSets:
    """The sets in `folder`, or those named in `only`.

    Raises SetError: `file:line` for a line that cannot be used, or for a set that is not there.
    """
    unknown = set(only or ()) - set(SET_NAMES)
    if unknown:
        raise SetError(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(SET_NAMES)}")
    wanted = [name for name in SET_NAMES if only is None or name in only]
    found = {name: folder / f"{name}.jsonl" for name in wanted if (folder / f"{name}.jsonl").is_file()}
    missing = sorted(set(only or ()) - set(found))
    if not found or missing:
        raise SetError(f"{folder}: no {', '.join(f'{name}.jsonl' for name in missing) or 'evaluation set'} here")
    loaded: dict[str, Any] = {name: tuple(_read(path, READERS[name])) for name, path in found.items()}
    return EvaluationSets(**loaded)
