"""The desk where requests are taken, answered and withdrawn: rules, store and mail put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from clinic.appointments.abandoned_store import AbandonedForms
from clinic.appointments.changes_store import RequestChanges
from clinic.appointments.erasure_store import RequestErasures
from clinic.appointments.mail.delivery import MailSender, Outbox, open_transport
from clinic.appointments.mail.ics import Host
from clinic.appointments.mail.messages import MailComposer, MailTexts
from clinic.appointments.mail.queue_store import NO_WAIT, MailQueue
from clinic.appointments.model import AppointmentError, Change, Consent, Draft, Origin, Request, StatusChange
from clinic.appointments.store import Requests
from clinic.appointments.transitions import apply_change, new_reference
from clinic.db import Sessions
from clinic.settings import Settings

UNDO = timedelta(minutes=1)
"""How long staff may take back what they did in the console: its mail waits for as long."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AppointmentService:
    """Every use of a request. `clock` gives the present moment, aware."""

    requests: Requests
    changes: RequestChanges
    erasures: RequestErasures
    left: AbandonedForms
    writer: MailComposer
    outbox: Outbox
    clock: Callable[[], datetime] = _now

    def take(self, draft: Draft, consent_text: str, version: str, origin: Origin) -> Request:
        """Store what was confirmed; confirmed again by the same message it is the same request."""
        now = self.clock()
        request = Request(new_reference(), "requested", draft, Consent(version, consent_text, now), origin, now)
        stored = self.changes.add(request, lambda made, token: self.writer.letters(made, token, "visitor"))
        self.left.finish(origin.conversation_id)
        return stored

    def change(self, request: Request, change: Change, wait: timedelta = NO_WAIT) -> Request:
        """Make a change with its history and mails; raises AppointmentError when it may not be made.

        The same time given again by staff changes nothing and sends nothing. Mails go out after `wait`.
        """
        if change.by == "staff" and _is_answered(request, change):
            return request
        after = apply_change(request, change)
        happening = StatusChange(self.clock(), after.status, change.by, after.time, after.reason)
        by = change.by
        self.changes.replace(request, after, happening, lambda one, token: self.writer.letters(one, token, by), wait)
        return after

    def take_back(self, request: Request) -> Request:
        """Undo what staff did less than UNDO ago, its mail unsent; raises AppointmentError when it is too late."""
        return self.changes.take_back(request, self.clock() - UNDO)

    def amend(self, request: Request, draft: Draft, what: str) -> Request:
        """Store a visitor's correction of a sent request and tell the clinic `what` is different.

        Raises AppointmentError when the request is over, or was changed by somebody else meanwhile.
        """
        if not request.pending:
            raise AppointmentError(
                f"Request {request.reference} is {request.status}, so it cannot be changed any more."
            )
        after = replace(request, draft=draft, revision=request.revision + 1)
        happening = StatusChange(self.clock(), after.status, "visitor", after.time, f"changed: {what}")
        self.changes.amend(
            request, after, happening, lambda one, token: self.writer.changed(one, token, what, request.draft)
        )
        return after

    def withdraw(self, conversation_id: str) -> list[Request]:
        """Cancel every waiting request of a conversation for its visitor; the requests as they are now."""
        waiting = self.pending(conversation_id)
        return [self.change(one, Change("cancelled", "visitor")) for one in waiting]

    def pending(self, conversation_id: str) -> list[Request]:
        """What still waits of a conversation, the newest first."""
        return [one for one in self.requests.of_conversation(conversation_id) if one.pending]

    def last(self, conversation_id: str) -> Request | None:
        """The request of a conversation that counts: the newest that still waits, else the newest of all."""
        made = self.requests.of_conversation(conversation_id)
        return next((one for one in made if one.pending), made[0] if made else None)

    def is_pending(self, conversation_id: str) -> bool:
        """Whether a request of this conversation still waits for something."""
        return bool(self.pending(conversation_id))

    def forget(self, conversation_id: str, keep: bool) -> None:
        """Erasure: cancel and delete the requests of a conversation, or keep them without the conversation."""
        self.left.finish(conversation_id)
        if keep:
            self.erasures.unlink(conversation_id)
            return
        waiting = self.pending(conversation_id)
        for reference in self.erasures.erase(conversation_id, [self.writer.erased(one) for one in waiting]):
            self.outbox.forget(reference)

    def forget_one(self, reference: str) -> None:
        """Erase one request, whole, with what was written of it to the outbox."""
        self.erasures.erase_one(reference)
        self.outbox.forget(reference)

    def retire(self, days: int, limit: int = 200) -> int:
        """Erase up to `limit` requests that ended `days` days ago or earlier, whole; returns how many."""
        references = self.erasures.retire(self.clock() - timedelta(days=days), limit)
        for reference in references:
            self.outbox.forget(reference)
        return len(references)


def _is_answered(request: Request, change: Change) -> bool:
    now, wanted = (request.status, request.reason), (change.status, change.reason.strip())
    return change.time is not None and now == wanted and change.time == request.time


def open_appointments(settings: Settings, sessions: Sessions) -> AppointmentService:
    """The desk of a clinic; raises MailTextError when `data/mails.yml` cannot be used."""
    clinic = settings.clinic
    site = settings.web.site
    service, domain = settings.service, site.partition("://")[2]
    host = Host(clinic.name, clinic.email, service.name, clinic.time_zone, domain, service.minutes)
    writer = MailComposer(MailTexts.load(settings.data / "mails.yml"), settings.facts, host, site)
    abandoned = timedelta(hours=settings.privacy.abandoned_details_hours)
    return AppointmentService(
        requests=Requests(sessions),
        changes=RequestChanges(sessions),
        erasures=RequestErasures(sessions),
        left=AbandonedForms(sessions, abandoned),
        writer=writer,
        outbox=Outbox(settings.var / "outbox"),
    )


def open_mail_sender(settings: Settings, sessions: Sessions) -> MailSender:
    """What the worker sends mail with."""
    post = open_transport(settings.mail, settings.var / "outbox")
    return MailSender(MailQueue(sessions), post, settings.mail.sender or settings.clinic.email)
