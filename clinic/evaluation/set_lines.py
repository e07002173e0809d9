"""From a line of an evaluation set to what it asks; formats in `tests/evaluation/README.md`.

Each reader raises ValueError, with what is wrong, for a line that cannot be used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .conversation_items import (
    BookingItem,
    ConversationItem,
    ConversationTurn,
    FollowUpItem,
    Stored,
    Turn,
)
from .items import (
    AnswerItem,
    CalmItem,
    QuestionPart,
    RedFlagItem,
    SeveralItem,
    SmalltalkItem,
    UncoveredItem,
    UtteranceItem,
)
from .line_fields import facts_in, groups_in, list_in, text_in, words_in

OUTCOMES = ("requested", "cancelled", "none")
Item = (
    AnswerItem
    | UncoveredItem
    | FollowUpItem
    | SeveralItem
    | ConversationItem
    | UtteranceItem
    | BookingItem
    | SmalltalkItem
    | RedFlagItem
    | CalmItem
)


def _answer(row: dict[str, Any]) -> AnswerItem:
    section = tuple(str(s) for s in list_in(row, "section"))
    return AnswerItem(text_in(row, "id"), text_in(row, "text"), facts_in(row), section, text_in(row, "style"))


def _followup(row: dict[str, Any]) -> FollowUpItem:
    turns = tuple(
        Turn(
            text_in(turn, "text"),
            facts_in(turn) if "facts" in turn else (),
            bool(turn.get("covered", True)),
            bool(turn.get("not_same", False)),
        )
        for turn in list_in(row, "turns")
    )
    return FollowUpItem(text_in(row, "id"), turns)


def _several(row: dict[str, Any]) -> SeveralItem:
    parts = [
        QuestionPart(facts_in(part) if "facts" in part else (), text_in(part, "source"))
        for part in list_in(row, "parts")
    ]
    return SeveralItem(text_in(row, "id"), text_in(row, "text"), tuple(parts))


def _conversation(row: dict[str, Any]) -> ConversationItem:
    turns = tuple(
        ConversationTurn(
            text=text_in(turn, "text"),
            kinds=words_in(turn, "kinds"),
            not_kinds=words_in(turn, "not_kinds"),
            say=groups_in(turn, "say"),
            not_say=words_in(turn, "not_say"),
            destination=words_in(turn, "destination"),
            slot=str(turn.get("slot") or ""),
            cell=" x ".join(words_in(turn, "cell")),
        )
        for turn in list_in(row, "turns")
    )
    return ConversationItem(text_in(row, "id"), turns, _stored(row.get("stored") or {}))


def _stored(row: dict[str, Any]) -> Stored:
    plain = {key: str(row.get(key) or "") for key in ("outcome", "service", "name", "email", "phone")}
    plain["outcome"] = plain["outcome"] or str(row.get("status") or "")
    return Stored(**plain, notes=groups_in(row, "notes"))


def _booking(row: dict[str, Any]) -> BookingItem:
    expect = row.get("expect")
    if not isinstance(expect, dict) or expect.get("outcome") not in OUTCOMES:
        raise ValueError(f"`expect` must hold an `outcome` out of {', '.join(OUTCOMES)}")
    turns = tuple(text_in(turn, "text") for turn in list_in(row, "turns"))
    name, email, phone = (str(expect.get(key) or "") for key in ("name", "email", "phone"))
    return BookingItem(text_in(row, "id"), turns, expect["outcome"], name, email, phone, facts_in(expect, "notes"))


def _calm(row: dict[str, Any]) -> CalmItem:
    return CalmItem(text_in(row, "id"), text_in(row, "text"), str(row.get("why") or "all"))


READERS: dict[str, Callable[[dict[str, Any]], Item]] = {
    "answers": _answer,
    "uncovered": lambda row: UncoveredItem(text_in(row, "id"), text_in(row, "text"), text_in(row, "kind")),
    "followups": _followup,
    "followups_2": _followup,
    "several": _several,
    "conversations": _conversation,
    "changes": _conversation,
    "utterances": lambda row: UtteranceItem(str(row.get("id", "")), text_in(row, "text"), text_in(row, "intent")),
    "booking": _booking,
    "smalltalk": lambda row: SmalltalkItem(text_in(row, "id"), text_in(row, "text"), text_in(row, "expect")),
    "redflags": lambda row: RedFlagItem(*(text_in(row, key) for key in ("id", "text", "flag", "destination"))),
    "lookalikes": _calm,
    "notflags": _calm,
    "ordinary": _calm,
}
