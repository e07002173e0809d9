"""Requests erased with all that hangs on them: with their conversation, by themselves, or when they are old enough."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from clinic.appointments.mail.queue_store import MailRow, queue_letters
from clinic.appointments.model import MailMessage
from clinic.appointments.tables_store import AppointmentEventRow, AppointmentLinkRow, AppointmentRow
from clinic.db import Sessions


class RequestErasures:
    """Deletes requests, or what ties them to a conversation."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

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
