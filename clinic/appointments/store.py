"""Requests as they are read: by reference, link, conversation, contact or time. Rows never leave the stores."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select

from clinic.appointments.model import PENDING, AppointmentError, Request, StatusChange
from clinic.appointments.tables_store import (
    AppointmentEventRow,
    AppointmentLinkRow,
    AppointmentRow,
    link_hash,
    to_request,
)
from clinic.db import Sessions

_OF_CONVERSATION = (
    select(AppointmentRow)
    .where(AppointmentRow.conversation_id == bindparam("conversation"))
    .order_by(AppointmentRow.made.desc())
)


class Requests:
    """Finds requests and their history."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def find(self, reference: str) -> Request:
        """The request; raises AppointmentError when there is none."""
        with self._sessions() as session:
            row = session.get(AppointmentRow, reference)
            if row is None:
                raise AppointmentError(f"There is no request {reference}.")
            return to_request(row)

    def find_by_token(self, token: str) -> Request | None:
        """The request a visitor's link leads to."""
        asked = select(AppointmentRow).join(AppointmentLinkRow).where(AppointmentLinkRow.token_hash == link_hash(token))
        with self._sessions() as session:
            row = session.scalar(asked)
            return to_request(row) if row else None

    def of_conversation(self, conversation_id: str) -> list[Request]:
        """The requests made in a conversation, the newest first."""
        with self._sessions() as session:
            return [to_request(row) for row in session.scalars(_OF_CONVERSATION, {"conversation": conversation_id})]

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
