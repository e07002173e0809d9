"""Folds the engine's append-only events into turns. Pure: rows in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from clinic.engine.prediction import Kept, LoggedTurn

FALLBACK = "nlu_fallback"
Event = dict[str, Any]


def fold_turns(events: Iterable[Event]) -> list[LoggedTurn]:
    """The turns of one conversation, from its events in the order they were written.

    A turn begins with a `user` event and holds what the assistant did and said until the next one.
    """
    groups: list[list[Event]] = []
    for event in events:
        if event.get("event") == "user":
            groups.append([event])
        elif groups:
            groups[-1].append(event)
    return [_turn(group) for group in groups]


def _turn(group: list[Event]) -> LoggedTurn:
    user, rest = group[0], group[1:]
    parsed, more = _dict(user.get("parse_data")), _dict(user.get("metadata"))
    intent, confidence, guesses = _guess(parsed)
    actions = [_words(one.get("name")) for one in rest if one.get("event") == "action"]
    flags = [one.get("value", "") for one in _dicts(parsed.get("entities")) if one.get("entity") == "red_flag"]
    return LoggedTurn(
        text=_words(more.get("typed")) or _words(user.get("text")),
        at=_moment(user.get("timestamp")),
        intent=intent,
        confidence=confidence,
        guesses=guesses,
        actions=tuple(name for name in actions if name and name != "action_listen"),
        replies=tuple(filter(None, (_reply(one) for one in rest if one.get("event") == "bot"))),
        message_id=_words(user.get("message_id")),
        red_flag=str(flags[0]) if flags else "",
        kept=_kept(more, parsed, rest),
    )


def _kept(more: Event, parsed: Event, rest: list[Event]) -> Kept:
    took = parsed.get("milliseconds")
    steps = [_dict(one.get("metadata")).get("kept") for one in rest if one.get("event") == "bot"]
    pairs = [one for one in _list(parsed.get("spelling")) if isinstance(one, list) and len(one) == 2]
    return Kept(
        spelling=tuple((str(one[0]), str(one[1])) for one in pairs),
        parts=tuple(_words(one.get("text")) for one in _dicts(parsed.get("parts"))),
        model=_words(more.get("model_id")),
        milliseconds=took if isinstance(took, int) else None,
        steps=tuple(_step(one) for one in steps if isinstance(one, dict)),
    )


def _step(step: Event) -> Event:
    return {
        "action": _words(step.get("action")),
        "rule": _words(step.get("rule")),
        "milliseconds": int(_number(step.get("milliseconds"))),
        "questions": [_question(one) for one in _dicts(step.get("questions"))],
    }


def _question(asked: Event) -> Event:
    words = {name: _words(asked.get(name)) for name in ("question", "verdict", "reason", "quoted", "nearest")}
    passages = [one for one in _list(asked.get("passages")) if isinstance(one, list) and len(one) == 3]
    return {
        **words,
        "confidence": _number(asked.get("confidence")),
        "passages": [[_words(article), _words(section), _number(score)] for article, section, score in passages],
    }


def _guess(parsed: Event) -> tuple[str, float, tuple[tuple[str, float], ...]]:
    """The intent, and the ranking without the fallback, whose confidence is only its threshold."""
    intent, ranking = _dict(parsed.get("intent")), _dicts(parsed.get("intent_ranking"))
    named = [(_words(one.get("name")), _number(one.get("confidence"))) for one in ranking]
    guesses = tuple(one for one in named if one[0] not in ("", FALLBACK))
    return _words(intent.get("name")), _number(intent.get("confidence")), guesses[:3]


def _reply(event: Event) -> Event | None:
    custom = _dict(_dict(event.get("data")).get("custom"))
    if custom:
        return {**custom, "sources": _dicts(custom["sources"])} if "sources" in custom else dict(custom)
    text = _words(event.get("text"))
    return {"kind": "say", "text": text} if text else None


# What another version of the engine wrote may have any shape: what cannot be read counts as not there.


def _dict(value: Any) -> Event:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[Event]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and isfinite(value) else 0.0


def _moment(value: Any) -> datetime:
    try:
        return datetime.fromtimestamp(_number(value), UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)
