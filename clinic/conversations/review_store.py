"""What staff decided about conversations: verdict, note, state, tags and owner, with a history and undo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, String, Text, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic.db import Base, Sessions, UtcTime
from clinic.problem import Problem

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


class ReviewRow(Base):
    """What is decided of one conversation."""

    __tablename__ = "review"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    verdict: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    right_intent: Mapped[str] = mapped_column(String(80))
    tags: Mapped[str] = mapped_column(Text)
    assignee: Mapped[str] = mapped_column(String(60), index=True)
    flagged: Mapped[bool] = mapped_column(Boolean)
    outcome: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]


class ReviewEventRow(Base):
    """One change of a decision."""

    __tablename__ = "review_event"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    who: Mapped[str] = mapped_column(String(60))
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON)


class ReviewLookRow(Base):
    """Who looks at a conversation now."""

    __tablename__ = "review_look"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    who: Mapped[str] = mapped_column(String(60), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcTime)


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
                before = _review(session.get(ReviewRow, conversation_id))
                if before.revision != revision:
                    raise ReviewError("Somebody changed this a moment ago. What is decided now is shown: look again.")
                return _store(session, conversation_id, who, (before, replace(before, **wanted)))
        except IntegrityError:
            raise ReviewError("Somebody decided this in the same moment. Look again.") from None

    def change_all(self, conversation_ids: Iterable[str], who: str, wanted: dict[str, Any]) -> int:
        """Change many at once; how many were changed."""
        _check(wanted)
        changed = 0
        with self._sessions.begin() as session:
            for one in conversation_ids:
                before = _review(session.get(ReviewRow, one))
                after = replace(before, **wanted)
                if after != before:
                    _store(session, one, who, (before, after))
                    changed += 1
        return changed

    def undo(self, conversation_id: str, who: str) -> Review:
        """Take back the newest change if it is one's own; raises ReviewError otherwise."""
        newest = select(ReviewEventRow).where(ReviewEventRow.conversation_id == conversation_id)
        with self._sessions.begin() as session:
            row = session.scalar(newest.order_by(ReviewEventRow.number.desc()).limit(1))
            if row is None or row.who != who:
                raise ReviewError("There is nothing of yours to take back here.")
            before = _review(session.get(ReviewRow, conversation_id))
            after = replace(before, **{name: values[0] for name, values in row.changes.items()})
            return _store(session, conversation_id, who, (before, after))

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
            for row in (ReviewRow, ReviewEventRow, ReviewLookRow):
                session.execute(delete(row).where(row.conversation_id == conversation_id))


def tidy_tags(written: str) -> str:
    """Tags as they are kept, between bars: `|door|stairs|`."""
    found = dict.fromkeys(" ".join(one.split()).lower()[:40].replace("|", "/") for one in written.split(","))
    kept = [one for one in found if one][:10]
    return f"|{'|'.join(kept)}|" if kept else ""


def _store(session: Session, conversation_id: str, who: str, change: tuple[Review, Review]) -> Review:
    before, after = change
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
    session.add(ReviewEventRow(conversation_id=conversation_id, at=datetime.now(UTC), who=who, changes=changes))
    return after


def _check(wanted: dict[str, Any]) -> None:
    allowed = {"state": STATES, "verdict": VERDICTS, "reason": tuple(REASONS), "outcome": tuple(OUTCOMES)}
    for name, values in allowed.items():
        if name in wanted and wanted[name] not in values:
            raise ReviewError(f"{name} can be {', '.join(value or 'empty' for value in values)}.")


def _review(row: ReviewRow | None) -> Review:
    return Review(**{name: getattr(row, name) for name in asdict(Review())}) if row else Review()
