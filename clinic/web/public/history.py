"""A conversation as its visitor sees it: message, replies, message, replies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from clinic.conversations.model import Message
from clinic.engine.prediction import ReplyJson


def history_of(began: datetime, opening: Iterable[ReplyJson], messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Everything said and answered so far, in the form of `GET /api/messages`."""
    said = [_by_assistant(began, reply) for reply in opening]
    for message in messages:
        said.extend(lines_of(message))
    return said


def lines_of(message: Message) -> list[dict[str, Any]]:
    """One message and what was answered."""
    typed = {"from": "visitor", "at": message.at.isoformat(), "id": message.client_id, "text": message.text}
    at = message.answered or message.at
    return [{**typed, "state": message.state}, *(_by_assistant(at, reply) for reply in message.replies)]


def _by_assistant(at: datetime, reply: ReplyJson) -> dict[str, Any]:
    return {"from": "assistant", "at": at.isoformat(), **for_visitors([reply])[0]}


def for_visitors(replies: Iterable[ReplyJson]) -> list[ReplyJson]:
    """Replies without what only `bin/clinic evaluate` reads: how well an answer fitted is no news for a visitor."""
    return [{name: value for name, value in reply.items() if name != "confidence"} for reply in replies]
