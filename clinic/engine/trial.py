"""A turn of a trial chat: it goes the whole way, and the engine keeps nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from clinic.engine.channel import ask_channel
from clinic.engine.client import EngineUnavailable
from clinic.settings import Settings


@dataclass(frozen=True, slots=True)
class TrialTurn:
    """A message of a trial chat; `events` is the engine's memory of it, `model` the file and hash of a candidate."""

    sender: str
    text: str
    events: tuple[dict[str, Any], ...] = ()
    article: str = ""
    model: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: the replies, the parse, and the memory to send with the next message."""

    replies: tuple[dict[str, Any], ...]
    parse: dict[str, Any]
    events: tuple[dict[str, Any], ...]


def try_turn(settings: Settings, turn: TrialTurn) -> Tried:
    """One turn of a trial chat, which leaves no trace in the log; raises EngineUnavailable."""
    body = {
        "sender": turn.sender,
        "text": turn.text,
        "metadata": {"page": {"article": turn.article}},
        "events": list(turn.events),
        "file": turn.model[0],
        "sha256": turn.model[1],
    }
    try:
        answer = ask_channel(settings, "/try", body, 10.0)
        if answer.status_code == 409:
            raise EngineUnavailable(str(answer.json().get("error")))
        told = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise EngineUnavailable(f"the engine did not answer: {type(error).__name__}") from error
    return Tried(tuple(told["replies"]), dict(told["parse"]), tuple(told["events"]))
