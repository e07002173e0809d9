"""Requests, their history and the links to them, in the database. Rows never leave this module."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic.appointments.mail.queue_store import NO_WAIT, MailRow, queue_letters, unqueue_letters
from clinic.appointments.model import PENDING, AppointmentError, MailMessage, Origin, Request, StatusChange
from clinic.appointments.tables_store import (
    AppointmentEventRow,
    AppointmentLinkRow,
    AppointmentRow,
    to_request,
    to_row,
)
from clinic.db import Sessions

Letters = Callable[[Request, str], Iterable[MailMessage]]
"""The mails that go with a change; the text is a fresh token for the visitor's link."""


class Requests:
    """Keeps requests; every change is stored together with its history and the mails it causes."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(self, request: Request, letters: Letters) -> Request:
        """Store a new request once; the one already stored when this message was confirmed before."""
        try:
            with self._sessions.begin() as session:
                if stored := _of_message(session, request.origin):
                    return to_request(stored)
                session.add(to_row(request))
                session.flush()
                _remember(session, request, StatusChange(request.made, "requested", "visitor"), letters)
        except IntegrityError:
            # Another process stored it between our look and our write.
            with self._sessions() as session:
                if stored := _of_message(session, request.origin):
                    return to_request(stored)
            raise
        return request

    def replace(
        self, before: Request, after: Request, happening: StatusChange, letters: Letters, wait: timedelta = NO_WAIT
    ) -> None:
        """Store a changed request; raises AppointmentError when somebody else changed it meanwhile.

        Its mails are not sent before `wait` is over, so that it can be taken back.
        """
        values = {"status": after.status, "time": after.time, "reason": after.reason, "revision": after.revision}
        self._store((before, after), values, happening, letters, wait)

    def take_back(self, request: Request, since: datetime) -> Request:
        """Undo the newest change, if staff made it after `since`, with its mails; raises AppointmentError otherwise."""
        mine = select(AppointmentEventRow).where(AppointmentEventRow.reference == request.reference)
        with self._sessions.begin() as session:
            events = list(session.scalars(mine.order_by(AppointmentEventRow.number.desc()).limit(2)))
            if len(events) < 2 or events[0].by != "staff" or events[0].at < since:
                raise AppointmentError("It is too late to take this back: the mail is on its way.")
            last, then = events
            row = session.get(AppointmentRow, request.reference)
            if row is None or row.revision != request.revision or row.status != last.status:
                raise AppointmentError(f"Request {request.reference} was changed a moment ago: look again first.")
            unqueue_letters(session, request.reference)
            session.delete(last)
            row.status, row.time, row.reason, row.revision = then.status, then.time, then.reason, row.revision + 1
            return to_request(row)

    def _store(
        self,
        change: tuple[Request, Request],
        values: dict[str, Any],
        happening: StatusChange,
        letters: Letters,
        wait: timedelta = NO_WAIT,
    ) -> None:
        before, after = change
        with self._sessions.begin() as session:
            unchanged = (AppointmentRow.reference == before.reference, AppointmentRow.revision == before.revision)
            done = session.execute(update(AppointmentRow).where(*unchanged).values(**values))
            if done.rowcount != 1:  # type: ignore[attr-defined]
                raise AppointmentError(f"Request {before.reference} was changed a moment ago: look again first.")
            _remember(session, after, happening, letters, wait)

    def amend(self, before: Request, after: Request, happening: StatusChange, letters: Letters) -> None:
        """Store other details of a request; raises AppointmentError when somebody else changed it meanwhile."""
        draft = after.draft
        values = {
            "name": draft.name,
            "email": draft.email,
            "phone": draft.phone,
            "notes": draft.notes or "",
            "times": draft.times,
            "guardian": draft.guardian,
            "revision": after.revision,
        }
        self._store((before, after), values, happening, letters)

    def find(self, reference: str) -> Request:
        """The request; raises AppointmentError when there is none."""
        with self._sessions() as session:
            row = session.get(AppointmentRow, reference)
            if row is None:
                raise AppointmentError(f"There is no request {reference}.")
            return to_request(row)

    def find_by_token(self, token: str) -> Request | None:
        """The request a visitor's link leads to."""
        asked = select(AppointmentRow).join(AppointmentLinkRow).where(AppointmentLinkRow.token_hash == _hash(token))
        with self._sessions() as session:
            row = session.scalar(asked)
            return to_request(row) if row else None

    def of_conversation(self, conversation_id: str) -> list[Request]:
        """The requests made in a conversation, the newest first."""
        asked = select(AppointmentRow).where(AppointmentRow.conversation_id == conversation_id)
        with self._sessions() as session:
            return [to_request(row) for row in session.scalars(asked.order_by(AppointmentRow.made.desc()))]

    def all(self, *, pending: bool = True, limit: int = 100) -> list[Request]:
        """Requests, the oldest first."""
        asked = select(AppointmentRow).order_by(AppointmentRow.made).limit(limit)
        if pending:
            asked = asked.where(AppointmentRow.status.in_(PENDING))
        with self._sessions() as session:
            return [to_request(row) for row in session.scalars(asked)]

    def over(self, limit: int) -> list[Request]:
        """Requests that wait for nothing any more, the newest first."""
        asked = select(AppointmentRow).where(AppointmentRow.status.not_in(PENDING))
        with self._sessions() as session:
            rows = session.scalars(asked.order_by(AppointmentRow.made.desc()).limit(limit))
            return [to_request(row) for row in rows]

    def between(self, begin: datetime, end: datetime) -> list[Request]:
        """Suggested, agreed and held appointments of a stretch of time, the earliest first."""
        held = AppointmentRow.status.in_(("suggested", "accepted", "done"))
        asked = select(AppointmentRow).where(held, AppointmentRow.time >= begin, AppointmentRow.time < end)
        with self._sessions() as session:
            return [to_request(row) for row in session.scalars(asked.order_by(AppointmentRow.time))]

    def of_contact(self, written: str) -> list[Request]:
        """The requests somebody made under an address or a telephone number, however its digits are spaced."""
        digits = "".join(one for one in written if one.isdigit())[-9:]
        plain = func.replace(func.replace(func.replace(AppointmentRow.phone, " ", ""), "-", ""), "+", "")
        mine = func.lower(AppointmentRow.email) == written.strip().lower()
        if len(digits) >= 7 and "@" not in written:
            mine = plain.like(f"%{digits}")
        with self._sessions() as session:
            return [to_request(row) for row in session.scalars(select(AppointmentRow).where(mine).limit(200))]

    def history(self, reference: str) -> list[StatusChange]:
        """What happened to a request, the oldest first."""
        asked = select(AppointmentEventRow).where(AppointmentEventRow.reference == reference)
        with self._sessions() as session:
            rows = session.scalars(asked.order_by(AppointmentEventRow.number))
            return [StatusChange(row.at, row.status, row.by, row.time, row.reason) for row in rows]  # type: ignore[arg-type]

    def unlink(self, conversation_id: str) -> None:
        """Keep the requests of a conversation and forget which conversation they came from."""
        ours = AppointmentRow.conversation_id == conversation_id
        with self._sessions.begin() as session:
            session.execute(update(AppointmentRow).where(ours).values(conversation_id=None, message_id=None))

    def erase(self, conversation_id: str, letters: Iterable[MailMessage] = ()) -> list[str]:
        """Delete the requests of a conversation with all that hangs on them; queue `letters`; their references."""
        asked = select(AppointmentRow.reference).where(AppointmentRow.conversation_id == conversation_id)
        with self._sessions.begin() as session:
            references = list(session.scalars(asked))
            _delete(session, references)
            queue_letters(session, "", letters)
        return references

    def erase_one(self, reference: str) -> None:
        """Delete a request with all that hangs on it."""
        with self._sessions.begin() as session:
            _delete(session, [reference])

    def over_until(self, until: datetime, limit: int) -> list[str]:
        """The references that `retire` would delete."""
        with self._sessions() as session:
            return list(session.scalars(_over(until).limit(limit)))

    def retire(self, until: datetime, limit: int) -> list[str]:
        """Delete requests over since before `until` with all that hangs on them; their references.

        A request is over when nothing happened to it since, and its time, if it has one, is past.
        """
        with self._sessions.begin() as session:
            references = list(session.scalars(_over(until).limit(limit)))
            _delete(session, references)
            # What told the clinic of an erasure names no visitor, but is no longer needed either.
            session.execute(delete(MailRow).where(MailRow.reference == "", MailRow.queued < until))
        return references


def _over(until: datetime) -> Select[str]:
    last = select(func.max(AppointmentEventRow.at)).where(AppointmentEventRow.reference == AppointmentRow.reference)
    over = (
        AppointmentRow.made < until,
        func.coalesce(last.scalar_subquery(), AppointmentRow.made) < until,
        or_(AppointmentRow.time.is_(None), AppointmentRow.time < until),
    )
    return select(AppointmentRow.reference).where(*over).order_by(AppointmentRow.made)


def _delete(session: Session, references: list[str]) -> None:
    for kind in (AppointmentEventRow, AppointmentLinkRow, MailRow, AppointmentRow):
        session.execute(delete(kind).where(kind.reference.in_(references)))


def _remember(
    session: Session, request: Request, happening: StatusChange, letters: Letters, wait: timedelta = NO_WAIT
) -> None:
    token = secrets.token_urlsafe(24)
    session.add(
        AppointmentEventRow(
            reference=request.reference,
            at=happening.at,
            status=happening.status,
            by=happening.by,
            time=happening.time,
            reason=happening.reason,
        )
    )
    session.add(AppointmentLinkRow(token_hash=_hash(token), reference=request.reference))
    queue_letters(session, request.reference, letters(request, token), wait)


def _of_message(session: Session, origin: Origin) -> AppointmentRow | None:
    return session.scalar(
        select(AppointmentRow).filter_by(conversation_id=origin.conversation_id, message_id=origin.message_id)
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
