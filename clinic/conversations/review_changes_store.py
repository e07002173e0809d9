"""One change of what is decided of a conversation, kept with its history or taken back; in another's transaction."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from clinic.conversations.review_model import Review, ReviewError
from clinic.conversations.review_tables_store import ReviewEventRow, ReviewRow


def find_review(session: Session, conversation_id: str) -> Review:
    """What is decided; nothing yet is an open review."""
    row = session.get(ReviewRow, conversation_id)
    return Review(**{name: getattr(row, name) for name in asdict(Review())}) if row else Review()


def keep_change(session: Session, conversation_id: str, by: tuple[str, str], change: tuple[Review, Review]) -> Review:
    """Keep a change made by somebody in a batch, or in none; what is decided then.

    Raises ReviewError when somebody else changed it meanwhile.
    """
    (who, batch), (before, after) = by, change
    old, new = asdict(before), asdict(after)
    changes = {name: [old[name], new[name]] for name in old if name != "revision" and old[name] != new[name]}
    if not changes:
        return before
    after = replace(after, revision=before.revision + 1)
    if before.revision == 0:
        session.add(ReviewRow(conversation_id=conversation_id, **asdict(after)))
        session.flush()
    else:
        mine = (ReviewRow.conversation_id == conversation_id, ReviewRow.revision == before.revision)
        done = session.execute(update(ReviewRow).where(*mine).values(**asdict(after)))
        if done.rowcount != 1:  # type: ignore[attr-defined]
            raise ReviewError("Somebody changed this a moment ago. Look again.")
    happening = ReviewEventRow(conversation_id=conversation_id, at=datetime.now(UTC), who=who, changes=changes)
    happening.batch = batch
    session.add(happening)
    return after


def take_back(session: Session, conversation_id: str, who: str, number: int = 0) -> Review | None:
    """The review without its newest change, if that is somebody's own (and has that number); None otherwise."""
    newest = select(ReviewEventRow).where(ReviewEventRow.conversation_id == conversation_id)
    row = session.scalar(newest.order_by(ReviewEventRow.number.desc()).limit(1))
    if row is None or row.who != who or (number and row.number != number):
        return None
    before = find_review(session, conversation_id)
    after = replace(before, **{name: values[0] for name, values in row.changes.items()})
    return keep_change(session, conversation_id, (who, ""), (before, after))
