"""Folds the engine's append-only events into turns. Pure: rows in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
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
    parsed = user.get("parse_data") or {}
    intent, confidence, guesses = _guess(parsed)
    actions = [one["name"] for one in rest if one.get("event") == "action" and one.get("name")]
    flags = [one.get("value", "") for one in parsed.get("entities") or [] if one.get("entity") == "red_flag"]
    return LoggedTurn(
        text=(user.get("metadata") or {}).get("typed") or user.get("text") or "",
        at=datetime.fromtimestamp(user.get("timestamp") or 0, UTC),
        intent=intent,
        confidence=confidence,
        guesses=guesses,
        actions=tuple(name for name in actions if name != "action_listen"),
        replies=tuple(filter(None, (_reply(one) for one in rest if one.get("event") == "bot"))),
        message_id=user.get("message_id") or "",
        red_flag=str(flags[0]) if flags else "",
        kept=_kept(user, parsed, rest),
    )


def _kept(user: Event, parsed: Event, rest: list[Event]) -> Kept:
    took = parsed.get("milliseconds")
    steps = [(one.get("metadata") or {}).get("kept") for one in rest if one.get("event") == "bot"]
    return Kept(
        spelling=tuple((str(one[0]), str(one[1])) for one in parsed.get("spelling") or [] if len(one) == 2),
        parts=tuple(str(one.get("text")) for one in parsed.get("parts") or []),
        model=str((user.get("metadata") or {}).get("model_id") or ""),
        milliseconds=took if isinstance(took, int) else None,
        steps=tuple(one for one in steps if isinstance(one, dict)),
    )


def _guess(parsed: Event) -> tuple[str, float, tuple[tuple[str, float], ...]]:
    """The intent, and the ranking without the fallback, whose confidence is only its threshold."""
    intent = parsed.get("intent") or {}
    ranking = parsed.get("intent_ranking") or []
    guesses = tuple((one["name"], float(one["confidence"])) for one in ranking if one.get("name") != FALLBACK)
    return str(intent.get("name") or ""), float(intent.get("confidence") or 0.0), guesses[:3]


def _reply(event: Event) -> Event | None:
    custom = (event.get("data") or {}).get("custom")
    if custom:
        return dict(custom)
    return {"kind": "say", "text": event["text"]} if event.get("text") else None
