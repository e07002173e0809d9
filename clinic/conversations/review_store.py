"""What staff decided about conversations, one by one or many at once, with a history and undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from clinic.conversations.log_decisions_store import renew_decided
from clinic.conversations.log_tables_store import TURN
from clinic.conversations.review_changes_store import find_review, keep_change, take_back
from clinic.conversations.review_model import Batch, Review, ReviewError, ReviewEvent, check_decision, with_tags
from clinic.conversations.review_tables_store import (
    MentionRow,
    ReviewEventRow,
    ReviewLookRow,
    ReviewRow,
    ReviewTurnRow,
)
from clinic.db import Sessions, take_turn

One = TypeVar("One")
LOOKING = timedelta(minutes=2)
TOGETHER = 200
"""How many are changed in one transaction: others write in between."""


class Reviews:
    """Keeps decisions; each change names the revision it was made on, so that two people at once lose nothing."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def find(self, conversation_id: str) -> Review:
        """What is decided; nothing yet is an open review."""
        with self._sessions() as session:
            return find_review(session, conversation_id)

    def change(self, conversation_id: str, who: str, revision: int, wanted: dict[str, Any]) -> Review:
        """Change some fields; raises ReviewError when somebody else did so since `revision`, or for a wrong value."""
        check_decision(wanted)
        try:
            with self._sessions.begin() as session:
                take_turn(session, TURN)
                before = find_review(session, conversation_id)
                if before.revision != revision:
                    raise ReviewError("Somebody changed this a moment ago. What is decided now is shown: look again.")
                after = keep_change(session, conversation_id, (who, ""), (before, replace(before, **wanted)))
                renew_decided(session, [conversation_id])
                return after
        except IntegrityError:
            raise ReviewError("Somebody decided this in the same moment. Look again.") from None

    def change_all(self, conversation_ids: Iterable[str], who: str, wanted: dict[str, Any], tags: str = "") -> Batch:
        """Change many at once, and add `tags` to those they have; the batch can be taken back by its name."""
        check_decision(wanted)
        batch, changed = token_hex(8), 0
        for some in _portions(list(conversation_ids)):
            with self._sessions.begin() as session:
                take_turn(session, TURN)
                for one in some:
                    before = find_review(session, one)
                    after = replace(before, **wanted, tags=with_tags(before.tags, tags))
                    if after != before:
                        keep_change(session, one, (who, batch), (before, after))
                        changed += 1
                renew_decided(session, some)
        return Batch(batch, changed)

    def undo_all(self, batch: str, who: str) -> int:
        """Take a batch of one's own back, but for what was decided of a conversation since; how many were."""
        mine = select(ReviewEventRow).where(ReviewEventRow.batch == batch, ReviewEventRow.who == who)
        with self._sessions() as session:
            found = {row.conversation_id: row.number for row in session.scalars(mine)} if batch else {}
        undone = 0
        for some in _portions(list(found.items())):
            with self._sessions.begin() as session:
                take_turn(session, TURN)
                undone += sum(take_back(session, one, who, number) is not None for one, number in some)
                renew_decided(session, [one for one, _ in some])
        return undone

    def undo(self, conversation_id: str, who: str) -> Review:
        """Take back the newest change if it is one's own; raises ReviewError otherwise."""
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            after = take_back(session, conversation_id, who)
            renew_decided(session, [conversation_id])
        if after is None:
            raise ReviewError("There is nothing of yours to take back here.")
        return after

    def history(self, conversation_id: str) -> list[ReviewEvent]:
        """Every change, the newest first."""
        mine = select(ReviewEventRow).where(ReviewEventRow.conversation_id == conversation_id)
        with self._sessions() as session:
            rows = session.scalars(mine.order_by(ReviewEventRow.number.desc()))
            return [ReviewEvent(row.number, row.at, row.who, row.changes) for row in rows]

    def look(self, conversation_id: str, who: str) -> list[str]:
        """Note that somebody looks at it now; who else does."""
        now = datetime.now(UTC)
        with self._sessions.begin() as session:
            session.execute(delete(ReviewLookRow).where(ReviewLookRow.until < now))
            session.merge(ReviewLookRow(conversation_id=conversation_id, who=who, until=now + LOOKING))
            here = ReviewLookRow.conversation_id == conversation_id
            return list(session.scalars(select(ReviewLookRow.who).where(here, ReviewLookRow.who != who)))

    def erase(self, conversation_id: str) -> None:
        """Delete all that was decided about a conversation."""
        with self._sessions.begin() as session:
            for row in (ReviewRow, ReviewEventRow, ReviewLookRow, ReviewTurnRow, MentionRow):
                session.execute(delete(row).where(row.conversation_id == conversation_id))


def _portions(many: list[One]) -> Iterator[list[One]]:
    for begin in range(0, len(many), TOGETHER):
        yield many[begin : begin + TOGETHER]
