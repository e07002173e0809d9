"""The tables of requests, and the way between a row and a Request."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.appointments.model import Consent, Draft, Origin, Request
from clinic.db import Base, UtcTime


class AppointmentRow(Base):
    """One request; a conversation's message confirms one at most."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id"),)
    reference: Mapped[str] = mapped_column(String(12), primary_key=True)
    status: Mapped[str] = mapped_column(String(12), index=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    times: Mapped[str] = mapped_column(Text, default="")
    minor: Mapped[str] = mapped_column(String(8), default="")
    guardian: Mapped[str] = mapped_column(Text, default="")
    service: Mapped[str] = mapped_column(String(12), default="", server_default="")
    consent_version: Mapped[str] = mapped_column(String(40))
    consent_text: Mapped[str] = mapped_column(Text)
    consent_at: Mapped[datetime] = mapped_column(UtcTime)
    conversation_id: Mapped[str | None] = mapped_column(String(36), index=True)
    message_id: Mapped[str | None] = mapped_column(String(64))
    made: Mapped[datetime] = mapped_column(UtcTime, index=True)
    time: Mapped[datetime | None] = mapped_column(UtcTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)


class AppointmentEventRow(Base):
    """One line of a request's history."""

    __tablename__ = "appointment_event"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    reference: Mapped[str] = mapped_column(ForeignKey("appointment.reference", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    status: Mapped[str] = mapped_column(String(12))
    by: Mapped[str] = mapped_column(String(8))
    time: Mapped[datetime | None] = mapped_column(UtcTime)
    reason: Mapped[str] = mapped_column(Text, default="")


class AppointmentLinkRow(Base):
    """A visitor's link to a request: only the hash of its token is kept."""

    __tablename__ = "appointment_link"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("appointment.reference", ondelete="CASCADE"), index=True)


def link_hash(token: str) -> str:
    """What is kept of the token of a visitor's link."""
    return hashlib.sha256(token.encode()).hexdigest()


def to_row(request: Request) -> AppointmentRow:
    """A new row for a request."""
    draft, consent = request.draft, request.consent
    return AppointmentRow(
        reference=request.reference,
        status=request.status,
        name=draft.name,
        email=draft.email,
        phone=draft.phone,
        notes=draft.notes or "",
        times=draft.times,
        minor=draft.minor,
        guardian=draft.guardian,
        service=draft.service,
        consent_version=consent.version,
        consent_text=consent.text,
        consent_at=consent.at,
        conversation_id=request.origin.conversation_id,
        message_id=request.origin.message_id,
        made=request.made,
        time=request.time,
        reason=request.reason,
        revision=request.revision,
    )


def to_request(row: AppointmentRow) -> Request:
    """The request a row holds."""
    return Request(
        reference=row.reference,
        status=row.status,  # type: ignore[arg-type]
        draft=Draft(
            row.name,
            row.email,
            row.phone,
            row.notes,
            row.times,
            row.minor,  # type: ignore[arg-type]
            row.guardian,
            row.service,  # type: ignore[arg-type]
        ),
        consent=Consent(row.consent_version, row.consent_text, row.consent_at),
        origin=Origin(row.conversation_id or "", row.message_id or ""),
        made=row.made,
        time=row.time,
        reason=row.reason,
        revision=row.revision,
    )
