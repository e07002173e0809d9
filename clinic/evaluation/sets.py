"""Reads a folder of evaluation sets (JSON Lines, UTF-8); formats in `tests/evaluation/README.md`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from .items import (
    SET_NAMES,
    AnswerItem,
    BookingItem,
    CalmItem,
    ConversationItem,
    ConversationTurn,
    EvaluationSets,
    Facts,
    FollowUpItem,
    Item,
    QuestionPart,
    RedFlagItem,
    SeveralItem,
    SmalltalkItem,
    Stored,
    Turn,
    UncoveredItem,
    UtteranceItem,
)

OUTCOMES = ("requested", "cancelled", "none")


class SetError(ValueError):
    """A set that cannot be used; the message names the file and the line."""


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"`{key}` must be a text that is not empty")
    return value


def _list(row: dict[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    if not isinstance(value, list):
        raise ValueError(f"`{key}` must be a list")
    return value


def _facts(row: dict[str, Any], key: str = "facts") -> Facts:
    groups = _list(row, key)
    for group in groups:
        if not isinstance(group, list) or not group or not all(isinstance(p, str) for p in group):
            raise ValueError(f"`{key}` must be a list of lists of patterns")
        for pattern in group:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"the pattern {pattern!r} is not a regular expression: {error}") from error
    return tuple(tuple(group) for group in groups)


def _answer(row: dict[str, Any]) -> AnswerItem:
    section = tuple(str(s) for s in _list(row, "section"))
    return AnswerItem(_text(row, "id"), _text(row, "text"), _facts(row), section, _text(row, "style"))


def _followup(row: dict[str, Any]) -> FollowUpItem:
    turns = tuple(
        Turn(
            _text(turn, "text"),
            _facts(turn) if "facts" in turn else (),
            bool(turn.get("covered", True)),
            bool(turn.get("not_same", False)),
        )
        for turn in _list(row, "turns")
    )
    return FollowUpItem(_text(row, "id"), turns)


def _several(row: dict[str, Any]) -> SeveralItem:
    parts = [
        QuestionPart(_facts(part) if "facts" in part else (), _text(part, "source")) for part in _list(row, "parts")
    ]
    return SeveralItem(_text(row, "id"), _text(row, "text"), tuple(parts))


def _words(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    return tuple(str(one) for one in ([value] if isinstance(value, str) else value))


def _conversation(row: dict[str, Any]) -> ConversationItem:
    turns = tuple(
        ConversationTurn(
            text=_text(turn, "text"),
            kinds=_words(turn, "kinds"),
            not_kinds=_words(turn, "not_kinds"),
            say=_groups(turn, "say"),
            not_say=_words(turn, "not_say"),
            destination=_words(turn, "destination"),
            slot=str(turn.get("slot") or ""),
            cell=" x ".join(_words(turn, "cell")),
        )
        for turn in _list(row, "turns")
    )
    return ConversationItem(_text(row, "id"), turns, _stored(row.get("stored") or {}))


def _stored(row: dict[str, Any]) -> Stored:
    plain = {key: str(row.get(key) or "") for key in ("outcome", "service", "name", "email", "phone")}
    plain["outcome"] = plain["outcome"] or str(row.get("status") or "")
    return Stored(**plain, notes=_groups(row, "notes"))


def _groups(row: dict[str, Any], key: str) -> Facts:
    """Groups of patterns, any one of each; a pattern alone is a group of its own."""
    given = row.get(key) or []
    return tuple(
        (one,) if isinstance(one, str) else tuple(one) for one in ([given] if isinstance(given, str) else given)
    )


def _booking(row: dict[str, Any]) -> BookingItem:
    expect = row.get("expect")
    if not isinstance(expect, dict) or expect.get("outcome") not in OUTCOMES:
        raise ValueError(f"`expect` must hold an `outcome` out of {', '.join(OUTCOMES)}")
    turns = tuple(_text(turn, "text") for turn in _list(row, "turns"))
    name, email, phone = (str(expect.get(key) or "") for key in ("name", "email", "phone"))
    return BookingItem(_text(row, "id"), turns, expect["outcome"], name, email, phone, _facts(expect, "notes"))


def _calm(row: dict[str, Any]) -> CalmItem:
    return CalmItem(_text(row, "id"), _text(row, "text"), str(row.get("why") or "all"))


READERS: dict[str, Callable[[dict[str, Any]], Item]] = {
    "answers": _answer,
    "uncovered": lambda row: UncoveredItem(_text(row, "id"), _text(row, "text"), _text(row, "kind")),
    "followups": _followup,
    "followups_2": _followup,
    "several": _several,
    "conversations": _conversation,
    "changes": _conversation,
    "utterances": lambda row: UtteranceItem(str(row.get("id", "")), _text(row, "text"), _text(row, "intent")),
    "booking": _booking,
    "smalltalk": lambda row: SmalltalkItem(_text(row, "id"), _text(row, "text"), _text(row, "expect")),
    "redflags": lambda row: RedFlagItem(*(_text(row, key) for key in ("id", "text", "flag", "destination"))),
    "lookalikes": _calm,
    "notflags": _calm,
    "ordinary": _calm,
}


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
