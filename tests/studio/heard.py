"""Turns as the catch-up writes them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from clinic.conversations.log_tables_store import LogConversationRow, LogTurnRow
from clinic.conversations.tables_store import ConversationRow, FeedbackRow
from clinic.db import Sessions

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
SURE = [["ask_causes", 0.97], ["ask_symptoms", 0.02]]
UNSURE = [["ask_clinic_fact", 0.31], ["ask_causes", 0.28]]


@dataclass
class Heard:
    """Writes turns as the catch-up does."""

    sessions: Sessions
    conversations: dict[str, int] = field(default_factory=dict)

    def turn(self, text: str, who: str = "", **given: Any) -> str:
        who = who or str(uuid.uuid4())
        place = self.conversations.get(who, -1) + 1
        self.conversations[who] = place
        guesses = given.get("guesses", UNSURE)
        row = {
            "conversation_id": who,
            "place": place,
            "message_id": str(uuid.uuid4()),
            "at": NOW + timedelta(seconds=len(self.conversations)),
            "text": text,
            "intent": "nlu_fallback" if guesses is UNSURE else guesses[0][0],
            "confidence": guesses[0][1],
            "guesses": guesses,
            "actions": [],
            "red_flag": "",
            "kinds": "say",
            "replies": [{"id": given.get("reply", str(uuid.uuid4())), "kind": "say", "text": "…"}],
            "milliseconds": 20,
        }
        given.pop("reply", None)
        with self.sessions.begin() as session:
            if place == 0:
                page = {"url": given.pop("page", "https://example.org/ankle")}
                session.add(_conversation(who, text))
                session.add(ConversationRow(id=who, token_hash=who, started=NOW, expires=NOW, page=page, opening=[]))
            session.add(LogTurnRow(**{**row, **given, "guesses": guesses}))
        return who

    def dislike(self, who: str, reply: str) -> None:
        with self.sessions.begin() as session:
            session.add(FeedbackRow(reply_id=reply, conversation_id=who, helpful=False, comment="", at=NOW))


def _conversation(who: str, text: str) -> LogConversationRow:
    nothing = dict.fromkeys(("kinds", "intents", "articles", "red_flag", "seen"), "")
    return LogConversationRow(
        id=who, started=NOW, last=NOW, turns=1, first_words=text, not_covered=False, lowest=1.0, **nothing
    )
