"""What the log keeps of a conversation, from its messages and what the engine recorded. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from clinic.conversations.model import Message
from clinic.engine.events import FALLBACK
from clinic.engine.prediction import LoggedTurn

FIRST_WORDS = 200


@dataclass(frozen=True, slots=True)
class FoldedTurn:
    """A turn and how long the visitor waited for it."""

    turn: LoggedTurn
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class Folded:
    """A conversation as the log keeps it."""

    turns: tuple[FoldedTurn, ...]
    started: datetime
    last: datetime
    first_words: str
    kinds: str
    intents: str
    articles: str
    models: str
    reasons: str
    red_flag: str
    not_covered: bool
    lowest: float
    words: str


def fold(messages: list[Message], recorded: list[LoggedTurn], mask: Callable[[str], str]) -> Folded | None:
    """The conversation, or None when nothing was said in it. Messages are the truth of what was said and answered."""
    by_id = {turn.message_id: turn for turn in recorded}
    turns = [_join(one, by_id.get(one.client_id)) for one in messages] or [FoldedTurn(one, None) for one in recorded]
    if not turns:
        return None
    plain = [one.turn for one in turns]
    replies = [reply for one in plain for reply in one.replies]
    sources = [source for reply in replies for source in reply.get("sources") or []]
    spoken = [words for one in plain for words in (one.text, *(str(r.get("text") or "") for r in one.replies))]
    sure = [one.guesses[0][1] if one.guesses else one.confidence for one in plain if one.intent]
    kinds = _set(kind for one in plain for kind in one.kinds)
    return Folded(
        turns=tuple(turns),
        started=min(one.at for one in plain),
        last=max(one.at for one in plain),
        first_words=plain[0].text[:FIRST_WORDS],
        kinds=kinds,
        intents=_set(one.intent for one in plain if one.intent != FALLBACK),
        articles=_set(str(one.get("article") or one.get("title") or "") for one in sources),
        models=_set(one.kept.model for one in plain),
        reasons=_set(reason for one in plain for reason in one.kept.reasons),
        red_flag=next((one.red_flag[:60] for one in plain if one.red_flag), ""),
        not_covered="|not_covered|" in kinds,
        lowest=min(sure, default=1.0),
        words=mask("\n".join(spoken)),
    )


def _join(message: Message, heard: LoggedTurn | None) -> FoldedTurn:
    replies = message.replies or (heard.replies if heard else ())
    took = int((message.answered - message.at).total_seconds() * 1000) if message.answered else None
    if heard is None:
        return FoldedTurn(LoggedTurn(message.text, message.at, "", 0.0, (), (), replies, message.client_id), took)
    turn = LoggedTurn(
        message.text,
        message.at,
        heard.intent,
        heard.confidence,
        heard.guesses,
        heard.actions,
        replies,
        message.client_id,
        heard.red_flag,
        heard.kept,
    )
    return FoldedTurn(turn, took)


def _set(words: Iterable[str]) -> str:
    """Words once each between bars, as `|answer|offer|`, so that one can be looked for exactly."""
    found = dict.fromkeys(one.replace("|", "/")[:80] for one in words if one)
    return f"|{'|'.join(found)}|" if found else ""
