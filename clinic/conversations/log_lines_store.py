"""Rows of the log as lines of the list and as turns, with what is decided, thought and requested beside them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from clinic.conversations.log_model import Line, LogTurn
from clinic.conversations.log_tables_store import LogConversationRow, LogTurnRow
from clinic.conversations.review_tables_store import ReviewRow
from clinic.conversations.tables_store import FeedbackRow
from clinic.engine.prediction import Kept


def lines_of(session: Session, rows: list[LogConversationRow]) -> list[Line]:
    """The lines of conversations, in their order."""
    ids = [row.id for row in rows]
    reviews = {
        one.conversation_id: one for one in session.scalars(select(ReviewRow).where(ReviewRow.conversation_id.in_(ids)))
    }
    thumbs: dict[str, list[bool]] = {}
    for one in session.scalars(select(FeedbackRow).where(FeedbackRow.conversation_id.in_(ids))):
        thumbs.setdefault(one.conversation_id, []).append(one.helpful)
    # Another feature's table, so by its name.
    wanted = text("SELECT conversation_id, status FROM appointment WHERE conversation_id IN :ids ORDER BY made")
    expanding = wanted.bindparams(bindparam("ids", expanding=True))
    requests = {row[0]: row[1] for row in session.execute(expanding, {"ids": ids})} if ids else {}
    return [_line(row, reviews.get(row.id), thumbs.get(row.id, []), requests.get(row.id, "")) for row in rows]


def _line(row: LogConversationRow, review: ReviewRow | None, thumbs: list[bool], request: str) -> Line:
    return Line(
        id=row.id,
        number=row.number,
        started=row.started,
        last=row.last,
        turns=row.turns,
        first_words=row.first_words,
        kinds=_parts(row.kinds),
        intents=_parts(row.intents),
        red_flag=row.red_flag,
        not_covered=row.not_covered,
        helpful=sum(thumbs),
        unhelpful=len(thumbs) - sum(thumbs),
        request=request,
        state=review.state if review else "open",
        verdict=review.verdict if review else "",
        assignee=review.assignee if review else "",
        outcome=review.outcome if review else "",
    )


def _parts(written: str) -> tuple[str, ...]:
    return tuple(written.strip("|").split("|")) if written else ()


def turn_of(row: LogTurnRow) -> LogTurn:
    """The turn that a row holds."""
    return LogTurn(
        place=row.place,
        message_id=row.message_id,
        at=row.at,
        text=row.text,
        intent=row.intent,
        confidence=row.confidence,
        guesses=tuple((one[0], one[1]) for one in row.guesses),
        actions=tuple(row.actions),
        red_flag=row.red_flag,
        replies=tuple(row.replies),
        milliseconds=row.milliseconds,
        kept=_kept(row.kept or {}),
    )


def _kept(written: dict[str, Any]) -> Kept:
    return Kept(
        spelling=tuple((one[0], one[1]) for one in written.get("spelling") or []),
        parts=tuple(written.get("parts") or ()),
        model=written.get("model") or "",
        milliseconds=written.get("milliseconds"),
        steps=tuple(written.get("steps") or ()),
    )
