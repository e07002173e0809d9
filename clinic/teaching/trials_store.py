"""Trial chats: their memory and what was said, apart from the log, gone when their time is over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from clinic.db import Base, Sessions, UtcTime

MOST_TURNS = 60
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TrialTurnLine:
    """What was said in a trial chat and what came of it; `guesses` are intents with confidences."""

    text: str
    at: datetime
    intent: str = ""
    guesses: tuple[tuple[str, float], ...] = ()
    red_flag: str = ""
    replies: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class TrialChat:
    """A trial chat; `model` is the file and the hash of a candidate, empty for the live model."""

    id: str
    link: str
    who: str
    expires: datetime
    model: tuple[str, str] = ("", "")
    events: tuple[dict[str, Any], ...] = ()
    turns: tuple[TrialTurnLine, ...] = field(default=())


class TrialChatRow(Base):
    """One trial chat."""

    __tablename__ = "trial_chat"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    link: Mapped[str] = mapped_column(String(40), index=True)
    who: Mapped[str] = mapped_column(String(60))
    expires: Mapped[datetime] = mapped_column(UtcTime, index=True)
    file: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    events: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    turns: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class TrialLinkRow(Base):
    """A link for colleagues."""

    __tablename__ = "trial_link"
    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    who: Mapped[str] = mapped_column(String(60))
    expires: Mapped[datetime] = mapped_column(UtcTime)
    file: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))


class Trials:
    """Keeps trial chats until they expire; what is over is deleted with the next one that begins."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, who: str, model: tuple[str, str] = ("", ""), link: str = "") -> TrialChat:
        """A new chat, for a day, or as long as the link that it was begun with."""
        self.sweep()
        until = datetime.now(UTC) + DAY
        if link and (known := self.find_link(link)):
            until, model = known[0], known[1]
        chat = TrialChat(secrets.token_urlsafe(18), link, who, until, model)
        with self._sessions.begin() as session:
            session.add(
                TrialChatRow(
                    id=chat.id, link=link, who=who, expires=until, file=model[0], sha256=model[1], events=[], turns=[]
                )
            )  # fmt: skip
        return chat

    def find(self, chat_id: str) -> TrialChat | None:
        """A chat that is not over."""
        with self._sessions() as session:
            row = session.get(TrialChatRow, chat_id)
            return _chat(row) if row and row.expires > datetime.now(UTC) else None

    def keep(self, chat_id: str, turn: TrialTurnLine, events: tuple[dict[str, Any], ...]) -> None:
        """Add what was said, and remember what the engine wants to remember."""
        with self._sessions.begin() as session:
            row = session.get(TrialChatRow, chat_id)
            if row is not None:
                row.turns = [*row.turns, _line(turn)]
                row.events = list(events)

    def make_link(self, who: str, days: int, model: tuple[str, str] = ("", "")) -> str:
        """A link that anybody who has it may chat with, for so many days, 14 at most."""
        token = secrets.token_urlsafe(18)
        until = datetime.now(UTC) + DAY * max(1, min(days, 14))
        with self._sessions.begin() as session:
            session.add(TrialLinkRow(token=token, who=who, expires=until, file=model[0], sha256=model[1]))
        return token

    def find_link(self, token: str) -> tuple[datetime, tuple[str, str]] | None:
        """Until when a link holds, and its model; None where it has expired or never was."""
        with self._sessions() as session:
            row = session.get(TrialLinkRow, token)
            return (row.expires, (row.file, row.sha256)) if row and row.expires > datetime.now(UTC) else None

    def links(self) -> list[tuple[str, str, datetime]]:
        """Links that hold: token, who made it, until when."""
        asked = select(TrialLinkRow).where(TrialLinkRow.expires > datetime.now(UTC)).order_by(TrialLinkRow.expires)
        with self._sessions() as session:
            return [(row.token, row.who, row.expires) for row in session.scalars(asked)]

    def end_link(self, token: str) -> None:
        """Let a link hold no more, and delete what was said with it."""
        with self._sessions.begin() as session:
            session.execute(delete(TrialLinkRow).where(TrialLinkRow.token == token))
            session.execute(delete(TrialChatRow).where(TrialChatRow.link == token))

    def of_links(self) -> list[TrialChat]:
        """The chats that colleagues had with links; a trainer's own are nobody's business."""
        asked = select(TrialChatRow).where(TrialChatRow.link != "", TrialChatRow.expires > datetime.now(UTC))
        with self._sessions() as session:
            return [_chat(row) for row in session.scalars(asked)]

    def sweep(self) -> None:
        """Delete what is over."""
        now = datetime.now(UTC)
        with self._sessions.begin() as session:
            session.execute(delete(TrialChatRow).where(TrialChatRow.expires <= now))
            session.execute(delete(TrialLinkRow).where(TrialLinkRow.expires <= now))


def _line(turn: TrialTurnLine) -> dict[str, Any]:
    return {
        "text": turn.text,
        "at": turn.at.isoformat(),
        "intent": turn.intent,
        "guesses": [list(one) for one in turn.guesses],
        "red_flag": turn.red_flag,
        "replies": list(turn.replies),
    }


def _chat(row: TrialChatRow) -> TrialChat:
    turns = tuple(
        TrialTurnLine(
            text=one["text"],
            at=datetime.fromisoformat(one["at"]),
            intent=one["intent"],
            guesses=tuple((str(name), float(share)) for name, share in one["guesses"]),
            red_flag=one["red_flag"],
            replies=tuple(one["replies"]),
        )
        for one in row.turns
    )
    return TrialChat(row.id, row.link, row.who, row.expires, (row.file, row.sha256), tuple(row.events), turns)
