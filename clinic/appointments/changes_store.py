"""Requests added and changed, each change with its history, the visitor's link and the mails it causes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic.appointments.mail.queue_store import NO_WAIT, queue_letters, unqueue_letters
from clinic.appointments.model import AppointmentError, MailMessage, Origin, Request, StatusChange
from clinic.appointments.tables_store import (
    AppointmentEventRow,
    AppointmentLinkRow,
    AppointmentRow,
    link_hash,
    to_request,
    to_row,
)
from clinic.db import Sessions

Letters = Callable[[Request, str], Iterable[MailMessage]]
"""The mails that go with a change; the text is a fresh token for the visitor's link."""


class RequestChanges:
    """Keeps every change together with its history and the mails it causes."""

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
    session.add(AppointmentLinkRow(token_hash=link_hash(token), reference=request.reference))
    queue_letters(session, request.reference, letters(request, token), wait)


def _of_message(session: Session, origin: Origin) -> AppointmentRow | None:
    return session.scalar(
        select(AppointmentRow).filter_by(conversation_id=origin.conversation_id, message_id=origin.message_id)
    )
