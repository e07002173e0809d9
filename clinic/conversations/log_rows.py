"""A folded conversation as rows of the log's tables. Pure."""

from __future__ import annotations

from typing import Any

from clinic.conversations.folding import Folded
from clinic.conversations.list_order import list_number

_SETS = ("kinds", "intents", "articles", "models", "reasons")
_SAME = ("started", "last", "first_words", *_SETS, "red_flag", "not_covered", "lowest")


def head_row(conversation_id: str, stamp: str, one: Folded) -> dict[str, Any]:
    """The conversation's row; `stamp` says what it was folded from."""
    head = {"id": conversation_id, "number": list_number(one.last, conversation_id), "seen": stamp}
    return head | {"turns": len(one.turns)} | {name: getattr(one, name) for name in _SAME}


def turn_rows(conversation_id: str, folded: Folded) -> list[dict[str, Any]]:
    """The rows of its turns, in their order."""
    return [
        {
            "conversation_id": conversation_id,
            "place": place,
            "message_id": one.turn.message_id[:64],
            "at": one.turn.at,
            "text": one.turn.text,
            "intent": one.turn.intent[:80],
            "confidence": one.turn.confidence,
            "guesses": [list(guess) for guess in one.turn.guesses],
            "actions": list(one.turn.actions),
            "red_flag": one.turn.red_flag[:60],
            "kinds": "|".join(one.turn.kinds),
            "replies": list(one.turn.replies),
            "milliseconds": one.milliseconds,
            "model": one.turn.kept.model[:40],
            "kept": one.turn.kept.to_json(),
        }
        for place, one in enumerate(folded.turns)
    ]
