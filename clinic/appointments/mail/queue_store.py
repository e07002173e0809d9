"""The queue of outgoing mail: a mail is queued in the transaction that causes it, and sent by the worker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic.appointments.model import MailMessage
from clinic.db import Base, Sessions, UtcTime

# A worker that died while sending leaves its mail to the next one after this.
CLAIM = timedelta(minutes=5)


class MailRow(Base):
    """One mail; once it is sent or given up its address, words and calendar are emptied."""

    __tablename__ = "outgoing_mail"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), index=True)
    to: Mapped[str] = mapped_column("recipient", Text)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(String(12), default="")
    queued: Mapped[datetime] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt: Mapped[datetime | None] = mapped_column(UtcTime, index=True)
    sent: Mapped[datetime | None] = mapped_column(UtcTime)
    problem: Mapped[str] = mapped_column(Text, default="")


@dataclass(frozen=True, slots=True)
class Queued:
    """A mail that is due; `attempts` counts this one."""

    id: str
    reference: str
    letter: MailMessage
    attempts: int


NO_WAIT = timedelta(0)


def queue_letters(session: Session, reference: str, letters: Iterable[MailMessage], wait: timedelta = NO_WAIT) -> None:
    """Queue mails within the caller's transaction; none is sent before `wait` is over."""
    now = datetime.now(UTC)
    for letter in letters:
        session.add(
            MailRow(
                id=str(uuid4()),
                reference=reference,
                to=letter.to,
                subject=letter.subject,
                text=letter.text,
                calendar=letter.calendar,
                method=letter.method,
                queued=now,
                next_attempt=now + wait,
            )
        )


def unqueue_letters(session: Session, reference: str) -> None:
    """Take back, within the caller's transaction, the mails of a request that still wait for their first try."""
    waiting = (MailRow.reference == reference, MailRow.attempts == 0, MailRow.next_attempt > datetime.now(UTC))
    session.execute(delete(MailRow).where(*waiting))


class MailQueue:
    """Hands out due mails one at a time, to one worker each."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def claim(self, now: datetime) -> Queued | None:
        """The mail that has been due longest, kept from other workers for CLAIM; None when none is due."""
        due = select(MailRow).where(MailRow.next_attempt <= now).order_by(MailRow.next_attempt).limit(1)
        with self._sessions.begin() as session:
            row = session.scalar(due)
            if row is None:
                return None
            mine = (MailRow.id == row.id, MailRow.attempts == row.attempts)
            taken = update(MailRow).where(*mine).values(attempts=row.attempts + 1, next_attempt=now + CLAIM)
            if session.execute(taken.execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
                return None
            letter = MailMessage(row.to, row.subject, row.text, row.calendar, row.method)
            return Queued(row.id, row.reference, letter, row.attempts + 1)

    def done(self, mail_id: str, now: datetime) -> None:
        """Sent: nothing of it is kept but that it was."""
        self._close(mail_id, sent=now, problem="")

    def give_up(self, mail_id: str, problem: str) -> None:
        """Never tried again; `problem` says why."""
        self._close(mail_id, sent=None, problem=problem)

    def put_off(self, mail_id: str, until: datetime, problem: str) -> None:
        """Tried again at `until`."""
        with self._sessions.begin() as session:
            later = update(MailRow).where(MailRow.id == mail_id)
            session.execute(later.values(next_attempt=until, problem=problem))

    def problems(self) -> list[tuple[str, str]]:
        """References and reasons of mails that were given up."""
        asked = select(MailRow).where(MailRow.next_attempt.is_(None), MailRow.sent.is_(None))
        with self._sessions() as session:
            return [(row.reference, row.problem) for row in session.scalars(asked.order_by(MailRow.queued))]

    def waiting(self) -> int:
        """How many mails are still to be sent."""
        with self._sessions() as session:
            return len(session.scalars(select(MailRow.id).where(MailRow.next_attempt.is_not(None))).all())

    def _close(self, mail_id: str, *, sent: datetime | None, problem: str) -> None:
        gone = {"to": "", "text": "", "calendar": "", "next_attempt": None, "sent": sent, "problem": problem}
        with self._sessions.begin() as session:
            session.execute(update(MailRow).where(MailRow.id == mail_id).values(**gone))
