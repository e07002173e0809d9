"""What staff decided about conversations: verdict, note, state, tags and owner, with a history and undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic.conversations.log_decisions_store import renew_decided
from clinic.conversations.log_tables_store import TURN
from clinic.conversations.review_tables_store import (
    MentionRow,
    ReviewEventRow,
    ReviewLookRow,
    ReviewRow,
    ReviewTurnRow,
)
from clinic.db import Sessions, take_turn
from clinic.problem import Problem

One = TypeVar("One")
STATES = ("open", "reviewed", "skipped")
VERDICTS = ("", "right", "wrong")
REASONS = {
    "": "not said",
    "misunderstood": "misunderstood",
    "passage": "wrong passage",
    "incomplete": "incomplete",
    "uncovered": "should have been covered",
    "unasked": "should not have answered",
    "alarm_missed": "alarm missed",
    "false_alarm": "false alarm",
    "tone": "tone",
    "other": "something else",
}
OUTCOMES = {"": "nobody yet", "contacted": "contacted", "unreached": "could not be reached", "seen": "seen"}
LOOKING = timedelta(minutes=2)
TOGETHER = 200
"""How many are changed in one transaction: others write in between."""


class ReviewError(Problem):
    """A decision that cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Review:
    """What is decided of a conversation; `revision` counts the changes."""

    state: str = "open"
    verdict: str = ""
    reason: str = ""
    note: str = ""
    right_intent: str = ""
    right_answer: str = ""
    tags: str = ""
    assignee: str = ""
    flagged: bool = False
    outcome: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """One line of the history: who changed what, and from what to what."""

    number: int
    at: datetime
    who: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """A change of many: its name, by which it can be taken back, and how many it changed."""

    name: str
    changed: int


class Reviews:
    """Keeps decisions; each change names the revision it was made on, so that two people at once lose nothing."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def find(self, conversation_id: str) -> Review:
        """What is decided; nothing yet is an open review."""
        with self._sessions() as session:
            return _review(session.get(ReviewRow, conversation_id))

    def change(self, conversation_id: str, who: str, revision: int, wanted: dict[str, Any]) -> Review:
        """Change some fields; raises ReviewError when somebody else did so since `revision`, or for a wrong value."""
        _check(wanted)
        try:
            with self._sessions.begin() as session:
                take_turn(session, TURN)
                before = _review(session.get(ReviewRow, conversation_id))
                if before.revision != revision:
                    raise ReviewError("Somebody changed this a moment ago. What is decided now is shown: look again.")
                after = _store(session, conversation_id, (who, ""), (before, replace(before, **wanted)))
                renew_decided(session, [conversation_id])
                return after
        except IntegrityError:
            raise ReviewError("Somebody decided this in the same moment. Look again.") from None

    def change_all(self, conversation_ids: Iterable[str], who: str, wanted: dict[str, Any], tags: str = "") -> Batch:
        """Change many at once, and add `tags` to those they have; the batch can be taken back by its name."""
        _check(wanted)
        batch, changed = token_hex(8), 0
        for some in _some(list(conversation_ids)):
            with self._sessions.begin() as session:
                take_turn(session, TURN)
                for one in some:
                    before = _review(session.get(ReviewRow, one))
                    after = replace(before, **wanted, tags=_with_tags(before.tags, tags))
                    if after != before:
                        _store(session, one, (who, batch), (before, after))
                        changed += 1
                renew_decided(session, some)
        return Batch(batch, changed)

    def undo_all(self, batch: str, who: str) -> int:
        """Take a batch of one's own back, but for what was decided of a conversation since; how many were."""
        mine = select(ReviewEventRow).where(ReviewEventRow.batch == batch, ReviewEventRow.who == who)
        with self._sessions() as session:
            found = {row.conversation_id: row.number for row in session.scalars(mine)} if batch else {}
        undone = 0
        for some in _some(list(found.items())):
            with self._sessions.begin() as session:
                take_turn(session, TURN)
                undone += sum(_take_back(session, one, who, number) is not None for one, number in some)
                renew_decided(session, [one for one, _ in some])
        return undone

    def undo(self, conversation_id: str, who: str) -> Review:
        """Take back the newest change if it is one's own; raises ReviewError otherwise."""
        with self._sessions.begin() as session:
            take_turn(session, TURN)
            after = _take_back(session, conversation_id, who)
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


def tidy_tags(written: str) -> str:
    """Tags as they are kept, between bars: `|door|stairs|`."""
    found = dict.fromkeys(" ".join(one.split()).lower()[:40].replace("|", "/") for one in written.split(","))
    kept = [one for one in found if one][:10]
    return f"|{'|'.join(kept)}|" if kept else ""


def _some(many: list[One]) -> Iterator[list[One]]:
    for begin in range(0, len(many), TOGETHER):
        yield many[begin : begin + TOGETHER]


def _with_tags(kept: str, added: str) -> str:
    return tidy_tags(",".join([*kept.strip("|").split("|"), *added.strip("|").split("|")])) if added else kept


def _take_back(session: Session, conversation_id: str, who: str, number: int = 0) -> Review | None:
    """The review without its newest change, if that is somebody's own (and has that number); None otherwise."""
    newest = select(ReviewEventRow).where(ReviewEventRow.conversation_id == conversation_id)
    row = session.scalar(newest.order_by(ReviewEventRow.number.desc()).limit(1))
    if row is None or row.who != who or (number and row.number != number):
        return None
    before = _review(session.get(ReviewRow, conversation_id))
    after = replace(before, **{name: values[0] for name, values in row.changes.items()})
    return _store(session, conversation_id, (who, ""), (before, after))


def _store(session: Session, conversation_id: str, by: tuple[str, str], change: tuple[Review, Review]) -> Review:
    """Keep a change made by somebody in a batch, or in none."""
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


def _check(wanted: dict[str, Any]) -> None:
    allowed = {"state": STATES, "verdict": VERDICTS, "reason": tuple(REASONS), "outcome": tuple(OUTCOMES)}
    for name, values in allowed.items():
        if name in wanted and wanted[name] not in values:
            raise ReviewError(f"{name} can be {', '.join(value or 'empty' for value in values)}.")


def _review(row: ReviewRow | None) -> Review:
    return Review(**{name: getattr(row, name) for name in asdict(Review())}) if row else Review()
